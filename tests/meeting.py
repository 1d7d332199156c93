"""What screens are to say of everything that can come over the wire, and one trial of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from harbortui.api import wire

from .answers import ANSWERS, BODIES
from .counting import Count
from .faulty_server import Server
from .looked import Asked, Looked, soon
from .serving import Serve
from .test_hostile import busy
from .wire_faults import FAULTS

EVERY: dict[str, tuple[Serve, str]] = FAULTS | {
    name: (answer.serve, says) for name, (answer, says) in (ANSWERS | BODIES).items()
}
BRIEF = 0.12
"""Seconds that a read gets where it ends by its limit alone."""
LOG = "LogScreen"
LOGS = "log of "
"""Names of places where the log of a job is shown."""
TEXT = ("F13", "F17 gzip bomb", "F19", "F20", "F21")
"""A log is text: what is no JSON is no fault there, and more may come than of JSON."""
ROBOTS = ("F27 conflict", "F27 precondition")
"""So Harbor says that there is no user, but a robot: another account than before."""
OTHERWISE = {
    (LOG, "F17"): "larger than",
    ("StatusScreen", "F26"): "is no Harbor",
    ("do('password')", "F26"): "is no Harbor",
    ("do('thing')", "F25"): "may not see it",
    ("do('thing')", "F26"): "not there",
}
"""What is said where a screen knows better than the answer."""
SAME = ("do('open-", "do('opens", "do('events", "do('trail", "do('copy", "do('log'", "do('same")
"""Keys that ask nothing by themselves."""


def faults(place: str) -> list[str]:
    """Those that are faults there."""
    return [name for name in EVERY if not (place.startswith(LOGS) and name.startswith(TEXT))]


async def meet(looked: Looked, name: str, patch: pytest.MonkeyPatch, count: Count) -> None:
    """One trial: it is told in the right words, and the screen stays as it was."""
    fault, says = EVERY[name]
    count(f"faults of the wire × {'questions' if isinstance(looked, Asked) else 'screens'}", 1)
    count(name, 1)
    patch.setattr(wire, "READ_LIMIT", BRIEF if says == "in time" else wire.WRITE_LIMIT)
    looked.server.bridge.fault = fault
    if looked.what == "StatusScreen" and name in ROBOTS:
        await looked.asks_to_sign_in(name)
    else:
        await looked.meets(name, OTHERWISE.get((looked.what, name[:3]), says))


async def questions(pilot: Any, made: Server) -> list[str]:
    """The keys of the screen on top that ask Harbor something, found by pressing them."""
    app, screen, found = pilot.app, pilot.app.screen, []
    for action in dict.fromkeys(_actions(screen)):
        asked, made.bridge.asked = Asked(pilot, made, action), 0
        await screen.run_action(action)
        await soon(pilot, lambda: app.screen is not screen or not busy(app))
        if made.bridge.asked and app.screen is not screen:
            found.append(action)
        await asked.close()
    return found


def _actions(screen: Any) -> Iterator[str]:
    actions = (key.action for key in screen.keys_here())
    return (one for one in actions if one.startswith("do(") and not one.startswith(SAME))
