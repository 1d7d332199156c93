"""Changes begin with a form or a question, and end on the status line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from harbortui.api.errors import NotFound
from harbortui.api.harbor import Harbor
from harbortui.resources.core import Action, Edit, Once, Resource
from harbortui.screens.changes import Change, Step, carry_out
from harbortui.screens.confirm import Confirm, Question
from harbortui.screens.forms import FormScreen
from harbortui.screens.once import OnceScreen
from harbortui.screens.outliving import outliving

if TYPE_CHECKING:
    from harbortui.screens.resource import ResourceScreen

Run = Callable[[Harbor, Any], Awaitable[Once | str | None]]
Happened = Callable[[Harbor, Any], Awaitable[bool]]
Goes = Callable[[Harbor, Sequence[Any]], Awaitable[Sequence[str]]]


async def create(screen: ResourceScreen) -> None:
    """A form for a new thing, made when Harbor has accepted it."""
    making = screen.resource.create
    if making is None:
        return
    harbor, scope, one = screen.session.harbor, screen.scope, screen.resource.one
    filled = None
    if making.fill:
        filled = await screen.ask(partial(making.fill, harbor, scope))
        if filled is None:
            return

    def change(form: Any) -> Change:
        step = Step(one, partial(making.run, harbor, scope, form))
        return Change((step,), f"The {one} has been made.", told=partial(show_once, screen.app))

    test = partial(making.test, harbor) if making.test else None
    form = FormScreen(
        harbor, f"New {one}", making.form, filled, send=_sender(screen, change), test=test
    )
    known = _keys(screen)
    if await screen.app.push_screen_wait(form) and screen.listing.here:
        await screen.ask(screen.load)
        screen.table.go_to(lambda item: screen.resource.key(item) not in known)


def _keys(screen: ResourceScreen) -> set[Hashable]:
    rows = screen.listing.between(0, len(screen.listing.rows()) - 1)
    return set(map(screen.resource.key, rows))


def _sender(
    screen: ResourceScreen, change: Callable[[Any], Change]
) -> Callable[[Any], Awaitable[str]]:
    """Sends a form through the app, which outlives the dialog; returns what is wrong."""

    async def send(form: Any) -> str:
        work = carry_out(screen.session, change(form))
        result = await outliving(screen.app, work, "writes")
        return "" if result.fine else (result.failed or result.unknown)[0][1]

    return send


async def edit(screen: ResourceScreen) -> None:
    """The form filled from the thing at the cursor, or one form for all that are marked."""
    changing = screen.resource.edit
    if changing:
        items = screen.table.chosen if changing.each else [screen.table.current]
        await _fill_in(screen, changing, items, f"Edit {_named(screen, items)}", "Saved {}.")


async def _fill_in(
    screen: ResourceScreen, edit: Edit[Any, Any], items: Sequence[Any], title: str, done: str
) -> None:
    """One form; what it changes is changed in each of the items."""
    harbor = screen.session.harbor
    before = await screen.ask(partial(edit.fill, harbor, items[0]))
    if before is None:
        return

    def change(form: Any) -> Change:
        async def run(_: Harbor, item: Any) -> Once | str | None:
            was = before if item is items[0] else await edit.fill(harbor, item)
            return await edit.run(harbor, item, was, form)

        return _change(screen, items, run, done, None)

    test = partial(edit.test, harbor, items[0]) if edit.test else None
    form = FormScreen(harbor, title, type(before), before, send=_sender(screen, change), test=test)
    if await screen.app.push_screen_wait(form) and len(items) > 1:
        screen.table.unmark()


async def delete(screen: ResourceScreen) -> None:
    """Ask, then delete the marked things, or the one at the cursor."""
    resource, items = screen.resource, screen.table.chosen
    assert resource.delete
    question = Question(
        title=f"Delete {_named(screen, items)}?",
        verb=f"Delete {len(items)} {resource.several}" if len(items) > 1 else "Delete",
        names=[resource.label(item) for item in items],
        hidden=screen.listing.hidden(map(screen.resource.key, items)),
        typed=resource.typed or screen.session.protected,
        lasting=True,
    )
    gone = partial(_is_gone, resource) if resource.find or resource.raw else None
    await _ask_then(screen, question, items, resource.goes, resource.delete, "Deleted {}.", gone)


async def _is_gone(resource: Resource[Any, Any], harbor: Harbor, item: Any) -> bool:
    try:
        if resource.find:
            await resource.find(harbor, resource.label(item))
        elif resource.raw:
            await resource.raw(harbor, item)
    except NotFound as error:
        return not error.missing_route
    return False


async def act(screen: ResourceScreen, action: Action[Any]) -> None:
    """Any other verb: a form, a question, or at once."""
    items = screen.table.chosen
    done = action.done or f"{_begun(action.label)}: {{}}."
    if action.form:
        items = items if action.form.each else [screen.table.current]
        named = action.form.title
        title = f"{_begun(action.label)}: {_named(screen, items)}"
        title = named(items[0]) if named and len(items) == 1 else title
        await _fill_in(screen, action.form, items, title, done)
    elif action.run and action.confirm:
        asks, _, more = action.confirm.partition("?")
        question = Question(
            title=f"{asks.format(_named(screen, items))}?",
            verb=_begun(action.label),
            names=[screen.resource.label(item) for item in items],
            lines=[more.strip()] if more else [],
            hidden=screen.listing.hidden(map(screen.resource.key, items)),
            typed=action.typed,
        )
        await _ask_then(screen, question, items, action.goes, action.run, done, action.happened)
    elif action.run:
        screen.write(_change(screen, items, action.run, done, action.happened))


async def _ask_then(
    screen: ResourceScreen,
    question: Question,
    items: Sequence[Any],
    goes: Goes | None,
    run: Run,
    done: str,
    happened: Happened | None,
) -> None:
    """Count what goes with it, ask, and do it to exactly what was asked about."""
    if goes:
        counted = await screen.ask(partial(goes, screen.session.harbor, items))
        if counted is None:
            return
        question = question.with_lines([*question.lines, *counted])
    if await screen.app.push_screen_wait(Confirm(question)):
        screen.write(_change(screen, items, run, done, happened))
        screen.table.unmark()


def _change(
    screen: ResourceScreen,
    items: Sequence[Any],
    run: Run,
    done: str,
    happened: Happened | None,
) -> Change:
    harbor, resource = screen.session.harbor, screen.resource
    steps = [
        Step(
            resource.label(item),
            partial(run, harbor, item),
            partial(happened, harbor, item) if happened else None,
        )
        for item in items
    ]
    return Change(steps, done, resource.one, resource.several, partial(show_once, screen.app))


def show_once(app: App[Any], once: Once) -> None:
    """Show a secret that is told only now, when the form that asked for it has closed."""
    app.run_worker(_shown_alone(app, once), group="once")


async def _shown_alone(app: App[Any], once: Once) -> None:
    # Closing a form takes away the screen on top (Textual 8.2), which must not be the secret.
    for screen in app.screen_stack:
        if isinstance(screen, FormScreen):
            await screen.closed.wait()
    app.push_screen(OnceScreen(once))


def _begun(words: str) -> str:
    """As a sentence begins; an SBOM stays one."""
    return words[:1].upper() + words[1:]


def _named(screen: ResourceScreen, items: Sequence[Any]) -> str:
    if len(items) == 1:
        return f"{screen.resource.one} {screen.resource.label(items[0])}"
    return f"{len(items)} {screen.resource.several}"
