"""The four lines round a screen: who and where, the way here, what happened, which keys."""

from __future__ import annotations

from time import monotonic

from textual import events, getters, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from harbortui.screens import chrome
from harbortui.screens.keys import FIXED, Feet, bound
from harbortui.session import Said, Session
from harbortui.shown import Part
from harbortui.widgets.columns import EDGE, LEFT, NARROW
from harbortui.widgets.frame import Foot, Head, Key, Ribbon
from harbortui.widgets.ink import width
from harbortui.widgets.marking import MarkTable
from harbortui.widgets.table import Table

ROOMY = 30
"""Lines from which there is a blank one below the crumbs and above the status."""
SAID_FOR = 1.5
"""Seconds that a sentence stays on the status line however fast one moves on."""


class FramedScreen(Screen[None]):
    """A screen between these lines; subclasses say what stands in them."""

    head = getters.query_one("#head", Ribbon)
    crumbs = getters.query_one("#crumbs", Ribbon)
    status = getters.query_one("#status", Ribbon)
    foot = getters.query_one(Foot)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.problem = ""
        """Why the rows are old, or why there are none."""
        self._stood: list[int] = []
        self._bound: tuple[tuple[Widget | None, ...], list[Key]] | None = None

    def compose(self) -> ComposeResult:
        """The frame; what is inside comes from `body`."""
        yield Head("head")
        yield Ribbon("crumbs")
        yield from self.body()
        yield Ribbon("status", signed=True)
        yield Foot()

    @property
    def way(self) -> list[str]:
        """The crumbs of this screen."""
        return []

    def body(self) -> ComposeResult:
        """What stands between the crumbs and the status line."""
        raise NotImplementedError

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < ROOMY, "-low")
        self.set_class(event.size.width < NARROW, "-narrow")
        self.redraw_frame()

    @property
    def in_front(self) -> bool:
        """Nothing but dialogs lies on it, and it is not on its way out, without its lines."""
        return self.is_mounted and self.is_current

    def redraw_frame(self) -> None:
        """Bring the four lines round the screen up to date."""
        if not self.in_front:
            return
        self.head.set_classes(chrome.alarm(self.session))
        self.head.show(chrome.head(self.session), chrome.state(self.session))
        self.redraw_crumbs()
        self.redraw_below()

    def redraw_crumbs(self) -> None:
        """Bring the line of the way here, and of what there is, up to date."""
        framed = (one for one in self.app.screen_stack if isinstance(one, FramedScreen))
        way = [crumb for screen in framed for crumb in screen.way]
        room = self.size.width - LEFT - EDGE - width(counts := self.counts()) - 2
        self.crumbs.show(chrome.way(way, room), counts)

    def redraw_below(self) -> None:
        """The two lines that depend on the row at the cursor."""
        self.redraw_status()
        self.redraw_foot()

    def redraw_foot(self) -> None:
        """Bring the last line up to date."""
        self.foot.show(*self.feet())

    def feet(self) -> Feet:
        """The keys of the last line; which are refused depends on the row at the cursor."""
        return [self._judged(key) for key in self._keys() if key.show], FIXED

    def redraw_status(self) -> None:
        """The line that says what has happened, or something about the row at the cursor."""
        if not self.in_front:
            return
        self.status.show(chrome.status(self.session.said, self.problem, self.hint()))

    def forget_said(self, at_once: bool = False) -> None:
        """The reader has moved on, not only the rows; or something else matters now."""
        stood, self._stood = self._stood, [table.place for table in self.query(Table)]
        if (at_once or stood != self._stood) and monotonic() - self.session.said.at > SAID_FOR:
            self.session.said = Said()

    def hint(self) -> str:
        """What the status line says when nothing has happened."""
        return ""

    def counts(self) -> tuple[Part, ...]:
        """What stands at the right of the crumbs."""
        return ()

    def bound(self) -> list[Key]:
        """Every key that does something here while the focus is where it is."""
        return bound(self)

    def _keys(self) -> list[Key]:
        """What is bound by the app depends on what has the focus in a dialog above, too."""
        focus = self.focused, self.app.focused
        if self._bound is None or self._bound[0] != focus:
            self._bound = focus, self.bound()
        return self._bound[1]

    def keys_here(self) -> list[Key]:
        """The keys that do something here, refused ones with the reason."""
        return [self._judged(key) for key in self._keys()]

    def _judged(self, key: Key) -> Key:
        return key._replace(refused=self.refusal_of(key.action))

    def refusal_of(self, action: str) -> str:
        """Why an action cannot be done now; empty: it can."""
        return ""

    @on(MarkTable.Marked)
    def count_marked(self) -> None:
        """Marks are counted at the right of the crumbs."""
        if self.in_front:
            self.redraw_crumbs()

    @on(Foot.Pressed)
    async def press(self, event: Foot.Pressed) -> None:
        """A key in the last line was clicked."""
        await self.run_action(event.action)
