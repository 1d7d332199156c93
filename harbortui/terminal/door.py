"""The one way out: what Textual writes goes in, what the terminal is to get comes out."""

from __future__ import annotations

import re
from typing import NamedTuple

from harbortui.terminal.grid import Grid, Picture

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
SHOW, HIDE = "\x1b[?1049h", "\x1b[?1049l"
STILL_SHOW = "\x1b[?1047h"  # the alternate screen; the cursor before it is saved already
FRAME = re.compile(r"\n*\x1b\[\d{1,4};\d{1,4}H")
CLIPBOARD = re.compile(r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")
MODE = re.compile(r"(\x1b\[\?\d+)([hl])")

# What Textual 8.2 writes apart from frames, and what the terminal gets instead.
CONTROLS = {
    **{
        control: control
        for mode in (7, 25, 1004, 1006, 1049, 2004)
        for control in (f"\x1b[?{mode}h", f"\x1b[?{mode}l")
    },
    "\x1b[?2026$p": "\x1b[?2026$p",
    "\x07": "\x07",
    # Clicks, wheel and drags are reported, but not every move: a move costs 14 kB.
    "\x1b[?1000h": "\x1b[?1002h",
    "\x1b[?1000l": "\x1b[?1002l",
}
# Known and not wanted: all mouse moves, urxvt's and pixel coordinates, sizes as input (there is
# SIGWINCH), kitty's keyboard (a shell is unusable where it stays on), pointer shapes.
SILENT = re.compile(
    r"\x1b\[\?(?:1003|1015|1016|2048)[hl]|\x1b\[\?2048\$p|\x1b\[>\d+u|\x1b\[<u|\x1b\]22;[a-z-]*\x07"
)
# What a shell needs after an end that nobody could prepare.
LEAVE = (
    "\x1b\\\x1b[m\x1b[r"
    + "".join(f"\x1b[?{mode}l" for mode in (2026, 1002, 1006, 1004, 2004, 1049))
    + "\x1b[?7h\x1b[?25h"
)


class Delivery(NamedTuple):
    """What is to be sent: control strings, then a picture; `afresh` if the terminal is unknown."""

    controls: str
    picture: Picture | None
    afresh: bool
    synchronized: bool


class Door:
    """Sorts writes into frames, control strings of a known list, and what is dropped.

    Frames that nobody took are lost in the one that follows: the latest wins.
    """

    def __init__(self, *, ascii_only: bool = False) -> None:
        self.grid = Grid(ascii_only=ascii_only)
        self._controls: dict[str, None] = {}
        self._modes: dict[str, str] = {}
        self._dropped = 0
        self.shown = False  # from entering the alternate screen to leaving it
        self._changed = self._afresh = self._synchronized = False

    @property
    def dropped(self) -> int:
        """How many control strings and characters were kept from the terminal."""
        return self._dropped + self.grid.dropped

    @property
    def waiting(self) -> bool:
        """Whether there is something to take."""
        return bool(self._controls) or (self.shown and self._changed)

    def feed(self, text: str, columns: int, lines: int) -> None:
        """Take one write of Textual's, meant for a terminal of that size."""
        if text in (SYNC_START, SYNC_END):
            self._synchronized = True
        elif FRAME.match(text):
            self._frame(text, columns, lines)
        elif text in CONTROLS:
            self._control(CONTROLS[text])
        elif CLIPBOARD.fullmatch(text):
            self._controls = {old: None for old in self._controls if not CLIPBOARD.match(old)}
            self._control(text)
        elif not SILENT.fullmatch(text):
            self._dropped += 1

    def forget(self) -> None:
        """Others wrote to the terminal: set its modes and paint all of it again."""
        self._unknown()
        if self.shown:
            for control in (STILL_SHOW, *(mode + end for mode, end in self._modes.items())):
                self._queue(control)

    def take(self) -> Delivery:
        """What is to be sent now."""
        picture = self.grid.picture() if self.shown and self._changed else None
        delivery = Delivery(
            "".join(self._controls), picture, self._afresh and picture is not None,
            self._synchronized,
        )  # fmt: skip
        self._controls = {}
        if picture:
            self._changed = self._afresh = False
        return delivery

    def _frame(self, text: str, columns: int, lines: int) -> None:
        if (columns, lines) != (self.grid.columns, self.grid.lines):
            self.grid.resize(columns, lines)
            self._afresh = True
        self.grid.apply(text)
        self._changed = True

    def _unknown(self) -> None:
        self._afresh, self._changed = True, self.grid.lines > 0

    def _control(self, text: str) -> None:
        if text in (SHOW, HIDE):
            self.shown = text == SHOW
            self._unknown()
        elif mode := MODE.fullmatch(text):
            self._modes[mode[1]] = mode[2]
        self._queue(text)

    def _queue(self, text: str) -> None:
        self._controls.pop(text, None)
        self._controls[text] = None
