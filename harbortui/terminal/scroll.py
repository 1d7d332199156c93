"""Finding blocks of rows that only moved: the terminal can shift those by itself.

The idea is curses' (ncurses `hardscroll.c`): rows are recognised by their text, and the distance
that most of them agree on wins if shifting saves more than it costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from harbortui.terminal.grid import Row, blank_row, differing
from harbortui.terminal.pens import DEFAULT, Style

FEWEST_ROWS = 3
NARROWEST = 8  # columns
COST = 40  # bytes that a shift must save: about what its control strings take
RUN = 8  # bytes that bring cursor and pen to where a cell differs after one that does not


class Shift(NamedTuple):
    """Rows `top` to `bottom` move up by `distance` lines (down if it is negative)."""

    top: int
    bottom: int
    distance: int

    @property
    def entrance(self) -> int:
        """The outermost line that moves in."""
        return self.bottom if self.distance > 0 else self.top

    def applied(self, rows: Sequence[Row], blank: Style = DEFAULT) -> list[Row]:
        """All rows after the shift; what moved in is blank."""
        top, end = self.top, self.bottom + 1
        block = list(rows[top:end])
        blanks = [blank_row(len(rows[top]), blank)] * abs(self.distance)
        moved = (block + blanks)[-len(block) :] if self.distance > 0 else (blanks + block)
        return [*rows[:top], *moved[: len(block)], *rows[end:]]


def find_shift(old: Sequence[Row], new: Sequence[Row]) -> Shift | None:
    """The shift of `old` that leaves much less to paint for `new`, if there is one."""
    pairs = enumerate(zip(old, new, strict=True))
    changed = [y for y, (one, two) in pairs if one is not two and one != two]
    if len(changed) <= FEWEST_ROWS:
        return None
    sources = _sources(old, new, changed)
    votes = Counter(source - y for y, source in sources.items() if source != y)
    if not votes:
        return None
    distance, agreed = votes.most_common(1)[0]
    moved = [y for y, source in sources.items() if source - y == distance]
    top, bottom = min(moved) + min(distance, 0), max(moved) + max(distance, 0)
    if agreed < FEWEST_ROWS or abs(distance) > (bottom - top) * 2 // 3:
        return None
    shift = Shift(top, bottom, distance)
    saved = _bytes(old, new) - _bytes(shift.applied(old), new)
    return shift if saved > COST else None


def _sources(old: Sequence[Row], new: Sequence[Row], changed: list[int]) -> dict[int, int]:
    """Where the text of each new row stood; rows that are alike point to different distances."""
    block = range(changed[0], changed[-1] + 1)
    spans = [differing(old[y], new[y]) for y in changed]
    left = min(span[0] for span in spans)
    right = max(span[-1] for span in spans) - 1  # the last column may be a scroll bar
    if right - left < NARROWEST:
        return {}
    before = {_text(old[y][left:right]): y for y in block}
    found = {y: before.get(_text(new[y][left:right])) for y in block}
    return {y: source for y, source in found.items() if source is not None}


def _text(cells: Row) -> str:
    return "".join([character for character, _ in cells])


def _bytes(old: Sequence[Row], new: Sequence[Row]) -> int:
    """About how many bytes it takes to write where rows differ."""
    return sum(_bytes_of(one, two) for one, two in zip(old, new, strict=True) if one is not two)


def _bytes_of(old: Row, new: Row) -> int:
    columns = differing(old, new)
    gaps = sum(after - before > 1 for before, after in pairwise(columns))
    return len(columns) + RUN * (gaps + 1) if columns else 0
