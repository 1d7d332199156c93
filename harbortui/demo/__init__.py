"""A Harbor in memory, for `--demo`, for tests and for pictures. Knows httpx and Harbor's JSON."""

from .clock import Clock
from .seed_people import credentials
from .server import DemoHarbor, Write

__all__ = ["Clock", "DemoHarbor", "Write", "credentials"]
