"""The app: screens in, messages handled, themes, keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from harbortui import commands, paths
from harbortui.api.errors import HarborError
from harbortui.resources.core import Heading
from harbortui.screens.confirm import Confirm, Question
from harbortui.screens.live import LiveScreen
from harbortui.screens.menu import Entry, Menu
from harbortui.screens.messages import Go, Open, Quit, SignIn
from harbortui.screens.resource import screen_for
from harbortui.session import Session
from harbortui.themes import themes

HINTS = (
    "tmux: set -g default-terminal tmux-256color; screen: ctrl+a is its own key.",
    "SSH: c copies through OSC 52 where the terminal allows it (tmux: set -g set-clipboard on).",
)


class HarborApp(App[int]):
    """One stack of screens over one session."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = sorted(paths.styles().glob("*.tcss"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("colon", "places", "go to a place", show=False, id="places"),
        Binding("question_mark", "keys", "keys here", show=False, id="keys"),
        Binding("ctrl+p", "everything", "places, keys, themes", show=False, id="everything"),
        Binding("ctrl+l", "repaint", "repaint", show=False, id="repaint"),
        Binding("ctrl+c", "stop", "stop what runs long", show=False, id="stop"),
        Binding("ctrl+q", "quit", "quit", show=False, id="quit"),
    ]

    def __init__(self, session: Session, base: Callable[[Session], Screen[Any]], start: str = ""):
        super().__init__(ansi_color=True)
        self.session, self.base, self.start = session, base, start
        self.animation_level = "none"
        session.on_news = self.news
        for theme in themes():
            self.register_theme(theme)
        self.theme = "night"

    def get_default_screen(self) -> Screen[Any]:
        """The overview, or what stands for it."""
        return self.base(self.session)

    @property
    def top(self) -> LiveScreen | None:
        """The uppermost screen that shows the registry."""
        live = (s for s in reversed(self.screen_stack) if isinstance(s, LiveScreen))
        return next(live, None)

    def news(self, written: bool) -> None:
        """Something to say, and perhaps something to read again."""
        if self.top:
            self.top.redraw_frame()
            if written:
                self.top.wake()

    @on(Open)
    def open(self, event: Open) -> None:
        """The children of something."""
        self.push_screen(screen_for(event.resource)(self.session, event.scope))

    @on(Go)
    def on_go(self, event: Go) -> None:
        """A place, by its name."""
        self.go(event.command, event.keep)

    @work(exclusive=True, group="go")
    async def go(self, command: str, keep: bool = False) -> None:
        """Find what was typed and open it; from the base, or on top of this screen."""
        try:
            screen = await self.found(commands.read(command))
        except (commands.UnknownPlace, HarborError) as error:
            self.session.say(str(error), "bad")
            return
        while not keep and len(self.screen_stack) > 1:
            self.pop_screen()
        if screen is not None:
            await self.push_screen(screen)

    async def found(self, command: commands.Command) -> Screen[Any] | None:
        """The screen of a command; None is the base."""
        if command.resource is None:
            return None
        resource, scope = command.resource, None
        if command.parent and resource.under:
            parent = resource.under()
            if parent.find:
                scope = await parent.find(self.session.harbor, command.parent)
        return screen_for(resource)(self.session, scope, command.text)

    @work(exclusive=True, group="menu")
    async def action_places(self) -> None:
        """Type where to go; Enter runs what was typed, Tab completes."""
        if isinstance(self.screen, LiveScreen):
            menu = Menu("Go to", commands.entries(self.session), free=True)
            picked = await self.push_screen_wait(menu)
            if picked:
                self.go(picked.text if not picked.entries else str(picked.entries[0].value))

    @work(exclusive=True, group="menu")
    async def action_keys(self) -> None:
        """What every key does here; why one is grey; Enter runs it."""
        if isinstance(self.screen, LiveScreen):
            await self._run_from(Menu("Keys", key_entries(self.screen), foot=HINTS))

    @work(exclusive=True, group="menu")
    async def action_everything(self) -> None:
        """Keys, places and themes in one list."""
        if isinstance(self.screen, LiveScreen):
            looks = [
                Entry(name, "theme", "", f"theme:{name}") for name in ("night", "day", "terminal")
            ]
            found = [*key_entries(self.screen), *commands.entries(self.session)]
            await self._run_from(Menu("Everything", [*found, Heading("THEMES"), *looks]))

    async def _run_from(self, menu: Menu) -> None:
        screen = self.screen
        picked = await self.push_screen_wait(menu)
        if not picked or not picked.entries:
            return
        value = str(picked.entries[0].value)
        if value.startswith("theme:"):
            self.theme = value.removeprefix("theme:")
        elif value.startswith("key:"):
            await screen.run_action(value.removeprefix("key:"))
        else:
            self.go(value)

    @on(Quit)
    @work(exclusive=True, group="menu")
    async def ask_to_quit(self) -> None:
        """On the lowest screen, q asks."""
        question = Question("Leave harbortui?", "Leave", danger=False)
        if await self.push_screen_wait(Confirm(question)):
            await self.action_quit()

    @on(SignIn)
    def sign_in(self) -> None:
        """The session has ended."""

    def action_stop(self) -> None:
        """What runs long ends after the step it is at."""
        self.session.stop.set()

    def action_repaint(self) -> None:
        """Draw everything again."""
        self.refresh(repaint=True, layout=True)

    async def on_unmount(self) -> None:
        await self.session.sign_out()


def key_entries(screen: LiveScreen) -> list[Entry | Heading]:
    """The keys of a screen as entries, in groups."""
    found: list[Entry | Heading] = []
    group = ""
    for key in screen.keys():
        if key.group != group:
            group = key.group
            found.append(Heading(group.upper()))
        found.append(Entry(key.key, key.label, "", f"key:{key.action}", key.refused))
    return found
