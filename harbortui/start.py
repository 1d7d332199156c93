"""What the command line has settled before there is a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harbortui.clock import Clock
from harbortui.settings import Settings

if TYPE_CHECKING:
    import httpx

    from harbortui.credentials import Credential
    from harbortui.state import Memory


@dataclass(frozen=True)
class Start:
    """Where to go, as whom, and what to open there."""

    settings: Settings
    memory: Memory
    credential: Credential | None = None
    command: str = ""
    problems: tuple[str, ...] = ()
    transport: Callable[[], httpx.AsyncBaseTransport] | None = None
    """The demo's; None is the network."""
    clock: Clock = field(default_factory=Clock)
