"""The app: one stack of screens, the keys that work everywhere, themes; light to import."""

from __future__ import annotations

import asyncio
import gc
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import Screen

from harbortui import paths
from harbortui.crashing import CrashingApp
from harbortui.problems import SettingsError
from harbortui.screens.messages import Elsewhere, Fit, Go, Open, Quit, SignIn
from harbortui.screens.opening import OpeningScreen, TooSmallScreen
from harbortui.start import Opening
from harbortui.terminal.driver import Terminal
from harbortui.terminal.start import REFUSED
from harbortui.themes import themes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import SecretStr

    from harbortui.navigation import Navigator

LEAST = (40, 10)
"""Columns and lines below which nothing can be shown."""
MENUS = {"places": ":", "keys": "?"}
"""Actions whose keys are signs: where one is typing, they are text."""
LATER = ("harbortui.crash", "harbortui.screens.signin", "harbortui.places", "harbortui.menus")
"""Modules that the first answer does not need."""
PAUSE = 0.5
"""Seconds for that answer before they are imported: until then they would be in its way."""


class HarborApp(CrashingApp):
    """Shows a frame at once, then imports and opens the rest."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = sorted(paths.styles().glob("*.tcss"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("colon", "places", "go to a place", show=False, id="places", priority=True),
        Binding("question_mark", "keys", "keys here", show=False, id="keys", priority=True),
        Binding("ctrl+p", "everything", "places, keys, themes", False, id="everything"),
        Binding("ctrl+l", "repaint", "repaint", show=False, id="repaint"),
        Binding("ctrl+c", "stop", "stop what runs long", show=False, id="stop"),
        Binding("ctrl+z", "suspend_process", "to the shell", show=False, id="suspend"),
        Binding("ctrl+q", "quit", "quit", show=False, id="quit", priority=True),
    ]

    def __init__(self, opening: Opening, terminal: Terminal | None = None) -> None:
        self.terminal = terminal or Terminal()
        self.terminal.end, self.terminal.say = self.ended, self.told
        super().__init__(driver_class=self.terminal.driver_class(), ansi_color=True)
        self.opening = opening
        self.navigator: Navigator | None = None
        self.last_words: list[str] = []
        """Sentences for the terminal after the screen is gone."""
        self.animation_level = "none"
        for theme in themes():
            self.register_theme(theme)
        self.wear(opening.theme)

    def secrets(self) -> Iterable[SecretStr]:
        """What must not stand in a report."""
        return self.navigator.arrival.secrets if self.navigator else ()

    def get_default_screen(self) -> Screen[Any]:
        """The frame alone."""
        return OpeningScreen(self.opening.where)

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self.resumed)
        self.call_after_refresh(self.begin)

    def told(self, sentence: str) -> None:
        """What the terminal's driver has to say: that a paste was refused."""
        if self.navigator:
            self.navigator.told(sentence)

    def resumed(self, _: object) -> None:
        """Back from the shell, after who knows how long."""
        if self.navigator:
            self.navigator.resumed()

    def on_resize(self, event: events.Resize) -> None:
        self.fit(event.size)

    @on(Fit)
    def fit_again(self) -> None:
        """Something that lay on what hides everything is gone."""
        self.fit(self.size)

    def fit(self, size: Size) -> None:
        """Hide everything while the terminal is too small; also after other screens have come."""
        columns, lines = LEAST
        small = size.width < columns or size.height < lines
        if small and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())
        elif not small and isinstance(self.screen, TooSmallScreen):
            self.pop_screen()

    @work
    async def begin(self) -> None:
        """Find out the rest while the first frame is looked at, and go where one wants to be."""
        try:
            start = await asyncio.to_thread(self.opening.start)
        except SettingsError as error:
            self.last_words.append(f"harbortui: {error}")
            self.exit(return_code=REFUSED)
            return
        await asyncio.to_thread(import_module, "harbortui.navigation")
        from harbortui.navigation import Navigator

        self.navigator = Navigator(self, start)
        await self.navigator.begin()
        await asyncio.sleep(PAUSE)
        for module in LATER:
            await asyncio.to_thread(import_module, module)
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    @on(Open)
    def open_children(self, event: Open) -> None:
        """The children of something."""
        if self.navigator:
            self.navigator.open(event)

    @on(Go)
    def go(self, event: Go) -> None:
        """A place, by what is typed after `:`."""
        if self.navigator:
            going = self.navigator.go(event.command, event.keep)
            self.run_worker(going, "go", group="go", exclusive=True)

    @on(SignIn)
    def sign_in_again(self) -> None:
        """The session has ended."""
        self._menu("sign_in_again")

    @on(Elsewhere)
    def elsewhere(self) -> None:
        """Choose another Harbor."""
        self._menu("choose_profile")

    @on(Quit)
    def ask_to_quit(self) -> None:
        """On the lowest screen, q asks."""
        self._menu("ask_to_quit")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Menus have priority, so that what is typed ahead goes into them; but not over a line."""
        sign = MENUS.get(action)
        return not (sign and self.focused and self.focused.check_consume_key("", sign))

    def action_places(self) -> None:
        """Type where to go."""
        if self.navigator:
            self.navigator.menu("places")

    def action_keys(self) -> None:
        """What every key does here, and why one is grey."""
        if self.navigator:
            self.navigator.menu("keys")

    def action_everything(self) -> None:
        """Keys, places, themes, profiles in one list."""
        if self.navigator:
            self.navigator.menu("everything")

    def _menu(self, name: str) -> None:
        """One dialog of the app's own at a time."""
        if self.navigator:
            dialog = getattr(self.navigator, name)
            self.run_worker(dialog(), "menu", group="menu", exclusive=True)

    def action_stop(self) -> None:
        """What runs long ends after the step it is at."""
        if self.navigator:
            self.navigator.stop()

    def action_repaint(self) -> None:
        """Send everything again: others may have written to the terminal."""
        self.terminal.repaint()

    async def action_quit(self) -> None:
        """Leave; a write that is under way gets five seconds."""
        self.ended(0)

    def ended(self, code: int) -> None:
        """Asked to end, by a key or a signal."""
        self.run_worker(self._end(code), "end", group="end", exclusive=True)

    async def _end(self, code: int) -> None:
        if self.navigator:
            self.last_words += await self.navigator.end()
        self.rest()
        self.exit(code, return_code=code)

    def rest(self) -> None:
        """What reads ends before its screen does: Textual 8.2 takes the widgets away first."""
        for worker in [one for one in self.workers if one.group != "end"]:
            worker.cancel()
