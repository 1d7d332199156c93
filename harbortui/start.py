"""What the command line has settled, and what is shown while it is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harbortui.clock import Clock

if TYPE_CHECKING:
    import httpx

    from harbortui.credentials import Credential
    from harbortui.settings import Settings
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
    searched: bool = False
    """A password has been looked for: without one it is asked for."""

    @property
    def opening(self) -> Opening:
        """This start with nothing left to be found out."""
        theme = self.settings.theme or self.memory.state.theme or "night"
        return Opening(lambda: self, theme)


@dataclass(frozen=True)
class Opening:
    """What the first frame shows, and `start`, which takes its time: called in a thread behind it.

    SettingsError from there ends the program.
    """

    start: Callable[[], Start]
    theme: str = "night"
    where: str = "harbortui"
