"""A Harbor in memory, for `--demo`, for tests and for pictures. Knows httpx and Harbor's JSON."""

from .clock import Clock
from .routes import MODULES
from .seed_people import credentials
from .server import DemoHarbor, Write

__all__ = ["MODULES", "Clock", "DemoHarbor", "Write", "credentials"]
