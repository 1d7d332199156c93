"""How far the terminal is behind, and how long the next picture should wait for it.

Between us and the terminal lie kernel, SSH and network, which queue megabytes: a write that does
not block says nothing. So a question that every terminal answers (primary device attributes)
follows each half kilobyte. Prompt answers widen the window of what may be under way, late ones
halve it (TCP Vegas' signal, TCP's window; one that was not used says nothing, RFC 7661); a
picture that does not fit waits, and the latest wins.
"""

from __future__ import annotations

import re
from collections import deque

QUESTION = "\x1b[c"
ANSWER = re.compile(r"\x1b\[\?[\d;]*c")
ASK_AFTER = 512  # bytes
WINDOW = 2048, 4096, 1 << 20  # bytes: least, at first, most
PROMPT_S, LATE_S = 0.05, 0.15  # beyond the best time
LOST_S = 15.0
PATIENCE_S = 1.0, 8.0  # between pictures while no answer comes, doubled up to the second
IDLE_S = 1.0
LEARNING = 0.1  # how far an answer after idleness moves the best time up: routes change


class Pace:
    """Questions and answers; nothing ever waits for a terminal that never answered."""

    def __init__(self) -> None:
        self._asked: deque[tuple[float, int]] = deque()  # when, after how many bytes
        self._sent = self._shown = 0  # bytes
        self._sent_at = 0.0
        self._best_s: float | None = None
        self._window = WINDOW[1]
        self._patience_s = PATIENCE_S[0]
        self._idle = True

    @property
    def owed(self) -> bool:
        """Whether an answer is still to come."""
        return self._best_s is not None and bool(self._asked)

    def sent(self, size: int, now: float) -> bool:
        """Count `size` bytes sent at `now` (seconds); True if the question shall follow them."""
        if self._full():
            self._patience_s = min(2 * self._patience_s, PATIENCE_S[1])
        idle = not self._asked and now - self._sent_at > IDLE_S
        asked = self._asked[-1][1] if self._asked else self._shown
        self._sent, self._sent_at = self._sent + size, now
        first = self._best_s is None  # the first bytes are few: no answer is quicker than theirs
        asks = not self._asked if first else self._sent - asked >= ASK_AFTER
        if asks:
            self._asked.append((now, self._sent))
            self._idle = idle
        return asks

    def answered(self, now: float) -> None:
        """The terminal has shown everything up to its oldest question."""
        if not self._asked:
            return
        asked_at, sent = self._asked.popleft()
        took, shown = now - asked_at, sent - self._shown
        used = 2 * (self._sent - self._shown) > self._window
        self._shown, self._patience_s = sent, PATIENCE_S[0]
        if self._best_s is None or took < self._best_s:
            self._best_s = took
        elif self._idle:
            self._best_s += LEARNING * (took - self._best_s)
        if took > self._best_s + LATE_S:
            self._window = max(self._window // 2, WINDOW[0])
        elif used and took < self._best_s + PROMPT_S:
            self._window = min(self._window + shown // 2, WINDOW[2])

    def wait(self, now: float) -> float:
        """Seconds until the next picture may be sent if no answer comes; 0 for at once."""
        while self.owed and now - self._asked[0][0] > LOST_S:
            self._shown = self._asked.popleft()[1]
        return max(0.0, self._sent_at + self._patience_s - now) if self._full() else 0.0

    def _full(self) -> bool:
        return self.owed and self._sent - self._shown > self._window
