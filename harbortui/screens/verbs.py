"""What can be done with the things on a list: keys, refusals, questions, forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import Binding, BindingType

from harbortui.resources.core import Action, Child, Resource
from harbortui.screens import asking
from harbortui.screens.copying import copy
from harbortui.screens.details import details, json_text
from harbortui.screens.joblog import LogScreen
from harbortui.screens.messages import Go, Open
from harbortui.session import refusal

if TYPE_CHECKING:
    from harbortui.screens.resource import ResourceScreen

MAIN = 2
"""Children whose keys stand first in the footer."""
OPEN = "open-"
NEEDS_ITEM = "there is nothing here to do that with"
HARBORS_VERB = {"create": "create", "edit": "update", "delete": "delete"}


def opening(key: str) -> str:
    """The verb behind a key that opens a list."""
    return f"{OPEN}{key}"


def keys(resource: Resource[Any, Any]) -> list[BindingType]:
    """The keys of a kind, most useful first: the footer shows as many as there is room for."""
    inner = _inner(resource)
    found = inner[:MAIN]
    if resource.opens:
        found.append(_bind("enter", "opens", "go there"))
    log = [_bind(resource.log.key, "log", resource.log.label)] if resource.log else []
    leads = any(binding.key == "enter" for binding in (*inner, *found, *log))
    found.append(_bind("d" if leads else "enter,d", "details", "details"))
    found += [_bind("a", "events", "events"), *log]
    if resource.create:
        found.append(_bind("n", "create", "new"))
    if resource.edit:
        found.append(_bind("e", "edit", "edit"))
    if resource.delete:
        found.append(_bind("D", "delete", "delete"))
    found += [_bind(action.key, action.name, action.label) for action in resource.actions]
    found.sort(key=lambda binding: binding.key != "enter")
    trail = [_bind("A", "trail", "what was done to it")] if resource.trail else []
    return [
        *found,
        *inner[MAIN:],
        *trail,
        _bind("y", "json", "the JSON that Harbor sent", show=False),
        _bind("c", "copy", "copy", show=False),
    ]


def _inner(resource: Resource[Any, Any]) -> list[Binding]:
    """Keys that open what an item holds; one for children that take turns on it."""
    found: dict[str, Binding] = {}
    for child in resource.children:
        if child.key not in found:
            label = child.label or child.resource().heading
            found[child.key] = _bind(child.key, opening(child.key), label)
    return list(found.values())


def _bind(key: str, verb: str, label: str, show: bool = True) -> Binding:
    return Binding(key, f"do({verb!r})", label, show=show, id=verb)


def refused(screen: ResourceScreen, action: str) -> str:
    """Why a verb cannot be done now; `action` is the verb or the binding's action."""
    verb = action.removeprefix("do('").removesuffix("')")
    if verb == "preset" and not screen.resource.filters:
        return f"there are no presets for {screen.resource.several}"
    if action.startswith(("do(", OPEN)) or action in _DO or _action(screen, verb):
        return _reason(screen, verb)
    return ""


def _reason(screen: ResourceScreen, verb: str) -> str:
    resource, item, session = screen.resource, screen.table.current, screen.session
    if verb == "create":
        return refusal(session, resource, "create", None, screen.scope)
    if item is None:
        return refusal(session, resource, "list", None, screen.scope) or NEEDS_ITEM
    if verb.startswith(OPEN):
        return "" if _child(screen, verb) else f"this {resource.one} has none"
    if verb == "opens":
        return "" if resource.opens and resource.opens(item) else "there is nowhere to go from it"
    if verb == "events":
        return resource.silent if resource.events is None else ""
    if verb == "log":
        return resource.log.unless(item) if resource.log else "no log"
    return next((reason for _, reason in _against(screen, verb)), "")


def _against(screen: ResourceScreen, verb: str) -> Iterator[tuple[Any, str]]:
    """Those of the chosen things that something cannot be done with, and why."""
    action, table = _action(screen, verb), screen.table
    if action is None and verb not in HARBORS_VERB:
        return
    harbors = action.verb if action else HARBORS_VERB[verb]
    for item in [table.current] if verb == "edit" else table.chosen:
        reason = refusal(screen.session, screen.resource, harbors, item, screen.scope, action)
        if reason:
            yield item, reason


def refuse(screen: ResourceScreen, verb: str, reason: str) -> None:
    """Say why not; where it is about some of the marked things, go to the first of them."""
    key, table = screen.resource.key, screen.table
    about = [key(item) for item, _ in _against(screen, verb)] if table.marks else []
    place = table.rows.index(about[0]) if 0 < len(about) < len(table.marks) else None
    if place is not None:
        table.go(place)
        reason = f"{reason} ({len(about)} of {len(table.marks)} marked; space unmarks it)"
    screen.session.say(reason, "warn")


def _action(screen: ResourceScreen, verb: str) -> Action[Any] | None:
    return next((one for one in screen.resource.actions if one.name == verb), None)


async def do(screen: ResourceScreen, verb: str) -> None:
    """Do it: look, open, ask, fill in, change."""
    if verb.startswith(OPEN):
        _open(screen, verb)
    elif verb in _DO:
        await _DO[verb](screen)
    elif action := _action(screen, verb):
        await asking.act(screen, action)


def _child(screen: ResourceScreen, verb: str) -> Child[Any] | None:
    item, key = screen.table.current, verb.removeprefix(OPEN)
    return next(
        (one for one in screen.resource.children if one.key == key and one.when(item)), None
    )


def _open(screen: ResourceScreen, verb: str) -> None:
    if child := _child(screen, verb):
        screen.post_message(Open(child.resource(), screen.table.current))


async def _opens(screen: ResourceScreen) -> None:
    if screen.resource.opens and (there := screen.resource.opens(_item(screen))):
        screen.post_message(Go(there.command, keep=True))


async def _details(screen: ResourceScreen) -> None:
    text = await screen.ask(partial(details, screen.session, screen.resource, _item(screen)))
    if text:
        screen.app.push_screen(text)


async def _json(screen: ResourceScreen) -> None:
    text = await screen.ask(partial(json_text, screen.session, screen.resource, _item(screen)))
    if text:
        screen.app.push_screen(text)


async def _events(screen: ResourceScreen) -> None:
    if screen.resource.events:
        _to_log(screen, screen.resource.events(_item(screen)))


async def _trail(screen: ResourceScreen) -> None:
    if screen.resource.trail:
        _to_log(screen, screen.resource.trail(_item(screen)))


def _to_log(screen: ResourceScreen, text: str) -> None:
    screen.post_message(Go(f"logs {text}", keep=True))


async def _log(screen: ResourceScreen) -> None:
    if log := screen.resource.log:
        item = _item(screen)
        title = log.title.format(screen.resource.label(item))
        screen.app.push_screen(LogScreen(screen.session, log, item, title))


async def _copy(screen: ResourceScreen) -> None:
    await copy(screen, screen.resource, screen.table.chosen)


def _item(screen: ResourceScreen) -> Any:
    return screen.table.current


_DO: dict[str, Callable[[ResourceScreen], Awaitable[None]]] = {
    "opens": _opens,
    "details": _details,
    "json": _json,
    "events": _events,
    "trail": _trail,
    "log": _log,
    "copy": _copy,
    "create": asking.create,
    "edit": asking.edit,
    "delete": asking.delete,
}
