"""`ctrl+c`: what runs long ends after the step it is at; what begins later is not meant."""

from __future__ import annotations

from collections.abc import Callable


class Stops:
    """How often it was pressed: so that whatever begins next takes it from nobody."""

    def __init__(self) -> None:
        self._number = 0

    def press(self) -> None:
        """Everything that runs long by now shall end."""
        self._number += 1

    def since_now(self) -> Callable[[], bool]:
        """For something that begins now: whether it shall end."""
        before = self._number
        return lambda: self._number > before
