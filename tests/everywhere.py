"""Every screen there is that reads the registry, each under something that it has rows of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from harbortui.demo import DemoHarbor
from harbortui.resources.core import Resource
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.audit_log import AuditLogScreen
from harbortui.screens.configuration import ConfigurationScreen
from harbortui.screens.joblog import LogScreen
from harbortui.screens.live import LiveScreen
from harbortui.screens.resource import screen_for
from harbortui.screens.status import StatusScreen
from harbortui.session import Session
from harbortui.widgets.pager import Pager
from harbortui.widgets.table import Table

from .looked import soon
from .meeting import LOGS
from .talking import talk
from .test_resources import Scope, scopes

Make = Callable[[Session], LiveScreen]
BASE = "overview"
"""It is there already."""
_found: dict[str, Scope] = {}
"""What a demo has, looked for once: it is the same in each."""


async def places() -> dict[str, Make | None]:
    """Their names, and how each is made; the base is not."""
    found = _found or await scopes(talk(DemoHarbor()))
    _found.update(found)
    made: dict[str, Make | None] = {BASE: None}
    for resource in RESOURCES:
        made[resource.name] = partial(_list, resource, found[resource.name])
        if _logged(resource, found[resource.name]):
            made[f"{LOGS}{resource.name}"] = partial(_log, resource, found[resource.name])
    return made | {
        "logs": AuditLogScreen,
        "logs of a project": partial(AuditLogScreen, text="project:payments"),
        "configuration": ConfigurationScreen,
        "status": StatusScreen,
    }


def _list(resource: Resource[Any, Any], scope: Scope, session: Session) -> LiveScreen:
    return screen_for(resource)(session, scope[0])


def _logged(resource: Resource[Any, Any], scope: Scope) -> list[Any]:
    return [item for item in scope[1] if resource.log and not resource.log.unless(item)]


def _log(resource: Resource[Any, Any], scope: Scope, session: Session) -> LiveScreen:
    assert resource.log
    item = _logged(resource, scope)[0]
    return LogScreen(session, resource.log, item, resource.label(item))


async def enter(pilot: Any, make: Make | None) -> LiveScreen:
    """Open a screen, once it has its answer."""
    if make:
        await pilot.app.push_screen(make(pilot.app.navigator.session))
    screen: LiveScreen = pilot.app.screen
    await soon(pilot, lambda: screen.problem or (screen.loaded_at and _full(screen)))
    await soon(pilot, lambda: not _seeking(screen))
    assert not screen.problem
    return screen


def _full(screen: LiveScreen) -> bool:
    """It has what it is to show: the audit log goes on looking after its first answer."""
    rows = [
        *(table.rows for table in screen.query(Table)),
        *(p.source for p in screen.query(Pager)),
    ]
    return any(rows) and not getattr(screen, "searching", False)


def _seeking(screen: LiveScreen) -> bool:
    """What rows in view lack is still on its way."""
    return any(one.group == "seen" and not one.is_finished for one in screen.app.workers)


async def leave(pilot: Any, make: Make | None) -> None:
    """Close it again."""
    screen = pilot.app.screen
    if make:
        pilot.app.pop_screen()
        await soon(pilot, lambda: pilot.app.screen is not screen)
