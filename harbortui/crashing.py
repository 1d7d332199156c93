"""An app whose bugs end in a report without local variables, and in one line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.text import Text
from textual.worker import WorkerFailed

from harbortui import paths
from harbortui.widgets.ink import Palette

if TYPE_CHECKING:
    from pydantic import SecretStr

CRASHED = 70
"""Exit code, EX_SOFTWARE of sysexits."""


class CrashingApp(Palette):
    """Textual's own crash screen shows local variables, and so what secrets stand in them."""

    crashed = False

    def secrets(self) -> Iterable[SecretStr]:
        """What must not stand in a report."""
        return ()

    def _handle_exception(self, error: Exception) -> None:
        """Textual 8.2 has no public hook for this."""
        if self.is_headless:  # tests want the error itself
            super()._handle_exception(error)
            return
        from harbortui import crash

        self.crashed = True
        cause = error.error if isinstance(error, WorkerFailed) else error
        line = crash.save(cause, paths.state(), datetime.now(UTC), self.secrets())
        self.panic(Text(line))
