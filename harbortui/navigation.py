"""Moving through the program: places, menus, keys, leaving."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from harbortui.api.errors import HarborError
from harbortui.arrival import Arrival
from harbortui.listeners import Listeners
from harbortui.screens.live import LiveScreen
from harbortui.screens.messages import Open, SignIn
from harbortui.screens.opening import BASE
from harbortui.session import Session
from harbortui.start import Start
from harbortui.state import State, with_filter, with_settings

if TYPE_CHECKING:
    from harbortui.api.configuration import Configuration
    from harbortui.app import HarborApp
    from harbortui.resources.seen import Seen
    from harbortui.screens.menu import Menu, Picked
    from harbortui.settings import Settings


class Navigator:
    """Knows the session, and which screen comes next."""

    def __init__(self, app: HarborApp, start: Start) -> None:
        self.app, self.start = app, start
        self.arrival = Arrival(app, start, self._settled)
        if start.settings.keys:
            self._bind(start.settings)

    def _bind(self, settings: Settings) -> None:
        """Keys that the user has bound otherwise; to judge them takes all screens."""
        from harbortui import keymap

        known = keymap.bindings(type(self.app))
        keys, wrong = keymap.judged(settings.keys, known, settings.file)
        self.app.set_keymap(keys)
        self.arrival.problems += map(str, wrong)

    @property
    def session(self) -> Session | None:
        """The session one is in."""
        return self.arrival.session

    async def begin(self) -> None:
        """Sign in, and open what was asked for."""
        await self.arrival.begin()

    async def _settled(self, session: Session) -> None:
        """A Harbor has been reached: what the command line asked for is opened, once."""
        session.used = dict(self.start.memory.state.filters)
        sighted = partial(self._sighted, session)
        session.told = Listeners(self._news, self._ended, self._used, sighted)
        command, self.start = self.start.command, replace(self.start, command="")
        if command:
            await self.go(command)

    def _used(self, kind: str, text: str) -> None:
        """A filter is remembered, so that it can be brought back in another run."""
        self._remember(partial(with_filter, kind=kind, text=text))

    def _sighted(self, session: Session, found: Configuration) -> Mapping[str, Seen]:
        """The settings were read: when each was seen to be what."""
        values = {key: setting.value for key, setting in found.root.items()}
        where, now = session.where, session.clock.now()
        self._remember(partial(with_settings, server=where, values=values, now=now))
        return self.start.memory.state.settings.get(where, {})

    def _remember(self, change: Callable[[State], State]) -> None:
        if (notice := self.start.memory.update(change)) and self.session:
            self.session.say(notice, "warn")

    def _ended(self) -> None:
        """A change was refused because nobody is signed in any more."""
        self.app.post_message(SignIn())

    def _news(self, written: bool) -> None:
        """Something to say, and perhaps something to read again."""
        live = (s for s in reversed(self.app.screen_stack) if isinstance(s, LiveScreen))
        if screen := next(live, None):
            screen.redraw_frame()
            if written:
                screen.wake()

    def open(self, event: Open) -> None:
        """The children of something, on top of its list."""
        from harbortui.screens.resource import screen_for

        if self.session:
            self.app.push_screen(screen_for(event.resource)(self.session, event.scope))

    async def go(self, command: str, keep: bool = False) -> None:
        """Find what was typed and open it; from the base, or on top of this screen."""
        session = self.session
        if session is None:
            return
        await asyncio.to_thread(import_module, "harbortui.places")
        from harbortui import commands, places

        try:
            found = commands.read(command)
            if found.place and found.place.name in {"profiles", "quit"}:
                await self._special(found.place.name)
                return
            screen = await places.screen_of(session, found)
        except (commands.UnknownPlace, HarborError) as error:
            session.say(str(error), "bad")
            return
        while not keep and len(self.app.screen_stack) > BASE:
            self.app.pop_screen()
        if screen is not None:
            await self.app.push_screen(screen)
        self.app.fit(self.app.size)

    async def _special(self, name: str) -> None:
        if name == "profiles":
            await self.arrival.choose_profile()
        else:
            await self.ask_to_quit()

    async def sign_in_again(self) -> None:
        """The session has ended."""
        await self.arrival.sign_in_again()

    async def choose_profile(self) -> None:
        """Another Harbor."""
        await self.arrival.choose_profile()

    def menu(self, name: str) -> None:
        """A menu by its name: places to go to, the keys of this screen, or everything."""
        screen = self.app.screen
        if self.session and isinstance(screen, LiveScreen):
            from harbortui import menus

            self._show(menus.MENUS[name](screen))

    def _show(self, menu: Menu) -> None:
        """At once, so that what is typed ahead is typed into the menu."""
        screen = self.app.screen

        def chosen(picked: Picked | None) -> None:
            if picked:
                self.app.run_worker(self._run(screen, picked), "go", group="go", exclusive=True)

        self.app.push_screen(menu, chosen)

    async def _run(self, screen: Screen[Any], picked: Picked) -> None:
        """What was chosen; what was typed is a place, whatever it says."""
        if not picked.entries:
            await self.go(picked.text)
            return
        value = str(picked.entries[0].value)
        what, _, rest = value.partition(" ")
        if what == "theme":
            self._look(rest)
        elif what == "key":
            await screen.run_action(rest)
        else:
            await self.go(value)

    def _look(self, theme: str) -> None:
        """Another theme, remembered."""

        def change(state: State) -> State:
            return state.model_copy(update={"theme": theme})

        self.app.theme = theme
        self._remember(change)

    async def ask_to_quit(self) -> None:
        """On the lowest screen, q asks."""
        from harbortui.screens.confirm import Confirm, Question

        question = Question("Leave harbortui?", "Leave", danger=False)
        if await self.app.push_screen_wait(Confirm(question)):
            await self.app.action_quit()

    def stop(self) -> None:
        """What runs long ends after the step it is at."""
        if self.session:
            self.session.stops.press()

    def told(self, sentence: str) -> None:
        """On the form that one looks at, else on the status line."""
        from harbortui.screens.forms import FormScreen

        if isinstance(self.app.screen, FormScreen):
            self.app.screen.say(sentence)
        elif self.session:
            self.session.say(sentence, "warn")

    def resumed(self) -> None:
        """Somebody else may have signed us out meanwhile: look at once, and before any change."""
        if self.session:
            self.session.watch.doubt()
            self._news(True)

    async def end(self) -> list[str]:
        """Leave; returns what is to be said on the terminal afterwards."""
        return await self.arrival.end()
