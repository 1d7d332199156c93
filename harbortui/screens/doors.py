"""`S`, `P` and `R`: the three doors, on any screen that has read the configuration.

A screen lists `KEYS` among its bindings, answers `refusal_of` with `refused`, and runs `turn` as
its `action_door` in a dialog worker.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from harbortui.api.model import same
from harbortui.resources import doors
from harbortui.resources.doors import Door, Way
from harbortui.screens.changes import Change, single
from harbortui.screens.keys import Feet
from harbortui.screens.live import LiveScreen
from harbortui.session import READ_ONLY, Session
from harbortui.widgets.columns import NARROW
from harbortui.widgets.frame import fitting

if TYPE_CHECKING:
    from harbortui.api.configuration import Configuration, Value

ACTION = "door"
KEYS: list[BindingType] = [
    Binding(door.key, f"{ACTION}({door.setting!r})", door.title, id=f"door-{door.setting}")
    for door in doors.DOORS
]


def refused(session: Session, configuration: Configuration | None, action: str) -> str:
    """Why a door cannot be moved now; empty: it can, or the action is none of a door."""
    door = next((one for one in doors.DOORS if action == f"{ACTION}({one.setting!r})"), None)
    if door is None:
        return ""
    if session.read_only:
        return READ_ONLY
    return doors.locked(door, session.me, configuration)


def together(feet: Feet, columns: int) -> Feet:
    """The keys of the last line with the doors named as one, where there is little room."""
    keys, fixed = feet
    ours = [key for key in keys if key.action.startswith(f"{ACTION}(")]
    if not ours or (columns >= NARROW and ours[-1] in fitting(keys, fixed, columns)):
        return feet
    refused = ours[0].refused if all(key.refused for key in ours) else ""
    letters = " ".join(key.key for key in ours)
    # Clicked, they are shown one below the other.
    one = ours[0]._replace(key=letters, label="doors", action="app.keys", refused=refused)
    return [one if key is ours[0] else key for key in keys if key not in ours[1:]], fixed


async def turn(screen: LiveScreen, configuration: Configuration | None, setting: str) -> None:
    """Move a door: to the safe side at once, else after a question."""
    door = doors.of(setting)
    reason = refused(screen.session, configuration, f"{ACTION}({setting!r})")
    if door is None or configuration is None or reason:
        screen.session.say(reason, "warn")
        return
    way = door.other(configuration.value(setting))
    if way.asks:
        from harbortui.screens.confirm import Confirm, Question

        question = Question(way.asks, way.verb, lines=way.lines, danger=not way.calm)
        if not await screen.app.push_screen_wait(Confirm(question)):
            return
    screen.write(_change(screen.session, configuration, door, way))


def _change(session: Session, shown: Configuration, door: Door, way: Way) -> Change:
    from harbortui.api import configuration as api

    harbor, key = session.harbor, door.setting

    async def run() -> str | None:
        sent = await api.change(
            harbor, {key: shown.value(key)}, {key: way.value}, partial(_told, door)
        )
        return None if sent else way.already

    async def happened() -> bool:
        return same((await api.read(harbor)).value(key), way.value)

    return single(door.title.capitalize(), run, way.done, happened=happened)


def _told(door: Door, _key: str, value: Value) -> tuple[str, str]:
    known = next((way for way in (door.safe, door.open) if same(way.value, value)), None)
    return "it", known.word if known else f"“{value}”"
