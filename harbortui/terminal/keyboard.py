"""What the terminal sends, made harmless: bad bytes, pastes without an end, junk replies."""

from __future__ import annotations

import os
import re
import select
from codecs import getincrementaldecoder
from collections.abc import Callable
from math import ceil
from time import monotonic

from harbortui.terminal.pace import ANSWER

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
LARGEST_PASTE = 64 * 1024  # characters
QUIET_S = 2.0  # a paste that has said nothing for so long has ended
HOLD_S = 0.05  # the rest of a sequence comes at once, or it was the escape key
# As terminals with Kitty's protocol send the key: Textual 8.2 would wait another 0.1 s for the rest
# of a bare escape, and take a key that comes meanwhile for one with alt.
ESCAPE = "\x1b[27u"
UNFINISHED = re.compile(r"\x1b(?:\[[<?]?[\d;:]{0,40})?\Z")
# Textual 8.2 raises at code points that are none and at several in one, and would believe in
# sizes and modes that nobody asked for.
JUNK = re.compile(
    r"\x1b\[[<?]?(?=[\d;]*(?::|\d{7}))[\d;:]*[^\d;:]|\x1b\[48;[\d;]*t|\x1b\[\?2048;\d+\$y"
)
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Keyboard:
    """From the terminal's bytes to text that Textual's parser survives.

    `answered` is called for each answer to a question of ours, `refused` with the length of a
    paste that is too large.
    """

    def __init__(self, answered: Callable[[], None], refused: Callable[[int], None]) -> None:
        self._answered, self._refused = answered, refused
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._held = ""
        self._paste: list[str] | None = None
        self._pasted = 0
        self._heard_at = 0.0

    @property
    def due(self) -> float | None:
        """When `flush` will have something to say (monotonic seconds)."""
        if self._paste is not None:
            return self._heard_at + QUIET_S
        return self._heard_at + HOLD_S if self._held else None

    def feed(self, content: bytes, now: float) -> str:
        """What Textual is to get for bytes that came at `now`."""
        text, self._held = self._held + self._decode(content), ""
        self._heard_at = now
        out: list[str] = []
        while text:
            text = self._keys(text, out) if self._paste is None else self._into_paste(text, out)
        return "".join(out)

    def flush(self, now: float) -> str:
        """What has waited for its rest for too long."""
        if self.due is None or now < self.due:
            return ""
        held, self._held = self._held, ""
        if self._paste is None:
            return ESCAPE if held == "\x1b" else held
        self._collect(held)
        return self._end_paste()

    def _keys(self, text: str, out: list[str]) -> str:
        keys, start, rest = text.partition(PASTE)
        if start:
            self._paste, self._pasted = [], 0
        elif tail := UNFINISHED.search(keys):
            keys, self._held = keys[: tail.start()], tail[0]
        out.append(JUNK.sub("", self._without_answers(keys)))
        return rest

    def _without_answers(self, text: str) -> str:
        text, answers = ANSWER.subn("", text)
        for _ in range(answers):
            self._answered()
        return text

    def _into_paste(self, text: str, out: list[str]) -> str:
        inside, end, rest = text.partition(PASTED)
        if not end:
            known = next(n for n in range(len(PASTED) - 1, -1, -1) if text.endswith(PASTED[:n]))
            inside, self._held = text[: len(text) - known], PASTED[:known]
        self._collect(inside)
        if end:
            out.append(self._end_paste())
        return rest

    def _collect(self, text: str) -> None:
        text = self._without_answers(text)
        self._pasted += len(text)
        if self._paste is not None and self._pasted <= LARGEST_PASTE:
            self._paste.append(text)

    def _end_paste(self) -> str:
        text, self._paste = "".join(self._paste or ()), None
        if self._pasted > LARGEST_PASTE:
            self._refused(self._pasted)
            return ""
        return PASTE + UNPRINTABLE.sub("", self._without_answers(text)) + PASTED


def pump(
    terminal: int, into: int, stop: int, keyboard: Keyboard, hung_up: Callable[[], None]
) -> None:
    """Read the file `terminal` and write what is left of it to `into`, until `stop` is closed."""
    poll = select.poll()
    poll.register(terminal, select.POLLIN)
    poll.register(stop, select.POLLIN)
    while True:
        due = keyboard.due
        ready = dict(poll.poll(None if due is None else ceil(max(0.0, due - monotonic()) * 1000)))
        if stop in ready:
            return
        if terminal not in ready:
            text = keyboard.flush(monotonic())
        elif content := _read(terminal):
            text = keyboard.feed(content, monotonic())
        else:
            hung_up()
            return
        if text and not _wrote(into, text.encode("utf-8", "replace")):
            return


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def _wrote(into: int, content: bytes) -> bool:
    try:
        while content:
            content = content[os.write(into, content) :]
    except OSError:  # Textual stopped reading first
        return False
    return True
