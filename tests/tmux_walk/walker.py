"""One step after another: the same keys for all, and then all must show the same."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from .cells import different, plain
from .tmux import Shot, Tmux

LIMIT, AT_FIRST = 6.0, 30.0
"""Seconds until a step has been answered by all, and until the program has started."""
STILL = 0.3
"""Seconds after which a key that may change nothing has changed nothing."""
CALM, CALMER = 0.08, 0.4
"""Seconds for which nothing moved and no program worked when a step is over; if it reads long."""
IDLE = 2_000_000
"""Nanoseconds of work between two looks that are none."""
PAUSE = 0.02
ASKS = "Throw away what you filled in?"
MOST = 8
"""Differences after which a round is not worth going on."""


class TooMany(Exception):
    """So much differs that the rest says nothing."""


class Walker:
    """Presses keys, and compares what came of them; the first way of drawing is judged."""

    def __init__(self, tmux: Tmux, tell: Callable[[str], None]) -> None:
        self.tmux, self.tell = tmux, tell
        self.where, self.calm = "", CALM
        self.compared = 0
        self.failures = 0
        self._shots: Mapping[str, Shot] = {}

    @property
    def text(self) -> list[str]:
        """What can be read on the screen that is judged."""
        return plain(self._shots[self.tmux.ways[0]].lines)

    def press(self, keys: str, words: str = "", *, still: bool = False) -> None:
        """Press keys; `still`: perhaps nothing changes."""
        self._step(keys, words, still, lambda: self.tmux.press(*keys.split()))

    def type(self, text: str, words: str = "", *, still: bool = False) -> None:
        """Type a text."""
        self._step(f"“{text}”", words, still, lambda: self.tmux.type(text))

    def spell(self, text: str) -> None:
        """Type a text, and look after each of its characters."""
        for character in text:
            self.type(character, still=True)

    def resize(self, columns: int, lines: int, words: str = "") -> None:
        """Give the terminals another size."""
        self._step(f"{columns}×{lines}", words, True, lambda: self.tmux.resize(columns, lines))

    def go(self, place: str, words: str) -> None:
        """Type a place and wait for it."""
        self.where = f":{place}"
        self.press(":", "Go to")
        self.type(place)
        self.press("Enter", words)

    def at(self, crumb: str) -> bool:
        """Whether one is where one wants to be."""
        if there := crumb in self.text[1]:
            return there
        self.failures += 1
        self.tell(f"FAILED {self.where}: nothing leads to “{crumb}”\n" + "\n".join(self.text))
        return False

    def keys(self, *keys: str) -> None:
        """One after another; each may change nothing."""
        for key in keys:
            self.press(key, still=True)

    @contextmanager
    def inside(self, keys: str, words: str = "") -> Iterator[None]:
        """Open something, and come back from it."""
        before = self._place()
        self.press(keys, words)
        yield
        for _ in range(6):
            if ASKS in "\n".join(self.text):
                self.press("Right Enter")
            if self._place() == before:
                return
            self.press("Escape", still=True)
        self.failures += 1
        self.tell(f"DIFFERS {self.where} {keys}: there is no way back\n" + "\n".join(self.text))

    def _place(self) -> tuple[str, int]:
        """The crumbs, and how many boxes are open over the screen."""
        crumbs = re.split(r"\s{3,}", self.text[1].strip())[0]
        return crumbs, sum(line.count("╭") for line in self.text)

    def _step(self, name: str, words: str, still: bool, act: Callable[[], None]) -> None:
        before = self._shots
        act()
        start = since = time.monotonic()
        last, worked = before, 0
        while True:
            time.sleep(PAUSE)
            self._shots, now = self.tmux.look(), time.monotonic()
            worked, before_that = self.tmux.worked(), worked
            if self._shots != last or worked - before_that > IDLE:
                last, since = self._shots, now
            took, calm = now - start, now - since >= self.calm
            moved = all(self._shots[way] != before.get(way) for way in self.tmux.ways)
            answered = moved or (still and took > STILL)
            there = answered and words in "\n".join(self.text)
            if calm and there and not self._differences():
                self.compared += 1
                return
            if took > (LIMIT if self.compared else AT_FIRST):
                self._fail(name, words, answered)
                return

    def _differences(self) -> list[str]:
        first, *others = self.tmux.ways
        mine, found = self._shots[first], []
        for way in others:
            theirs = self._shots[way]
            found += [f"{way}: {words}" for words in different(theirs.lines, mine.lines)]
            if theirs.cursor != mine.cursor:
                found.append(f"{way}: the cursor{theirs.cursor} is{mine.cursor}")
        return found

    def _fail(self, name: str, words: str, answered: bool) -> None:
        self.failures += 1
        if found := self._differences():
            more = f"\n  … {len(found) - 5} more" if len(found) > 5 else ""
            self.tell(f"DIFFERS {self.where} {name}\n  " + "\n  ".join(found[:5]) + more)
        else:
            why = f"“{words}” never came" if answered else "nothing happened"
            self.tell(f"FAILED {self.where} {name}: {why}\n" + "\n".join(self.text))
        if self.failures >= MOST:
            raise TooMany
