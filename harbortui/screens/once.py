"""A secret that Harbor tells only now: shown once, copied or written to a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from harbortui.exports import export
from harbortui.screens.dialog import Dialog
from harbortui.shown import Once, Part
from harbortui.text import safe
from harbortui.widgets.paper import Paper


class OnceScreen(Dialog[None]):
    """Closed only on purpose: `escape` twice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "copy"),
        Binding("w", "write", "write to a file"),
        Binding("escape", "leave", "close"),
    ]

    def __init__(self, once: Once) -> None:
        super().__init__()
        self.once = once
        self._kept = False

    def compose(self) -> ComposeResult:
        """The secret and what can be done with it."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe(self.once.title, limit=120))
            yield Paper(
                [
                    (Part(self.once.secret.get_secret_value(), "strong"),),
                    (),
                    (Part("Harbor does not tell it again. ", "warn"), Part(self.once.note)),
                    (
                        Part(
                            "c copies it, w writes it to a file for you alone, esc closes.", "muted"
                        ),
                    ),
                ]
            )
            yield Paper(id="said")

    def _say(self, words: str, tone: str = "ok") -> None:
        self.query_one("#said", Paper).show([(Part(words, "ok" if tone == "ok" else "warn"),)])

    def action_copy(self) -> None:
        """To the clipboard of the terminal (OSC 52)."""
        self.app.copy_to_clipboard(self.once.secret.get_secret_value())
        self._kept = True
        self._say("copied, if the terminal allows it")

    def action_write(self) -> None:
        """To a 0600 file."""
        secret = self.once.secret.get_secret_value()
        try:
            path = export(self.once.title, "secret", f"{secret}\n", datetime.now(UTC))
        except OSError as error:
            self._say(f"nothing was written: {error.strerror}", "warn")
        else:
            self._kept = True
            self._say(f"written to {path}")

    def action_leave(self) -> None:
        """Close; unasked only when it has been kept."""
        if self._kept:
            self.dismiss(None)
        else:
            self._kept = True
            self._say("It has not been copied or written. esc again closes all the same.", "warn")
