"""A certificate that nobody vouches for: shown, and accepted by typing how it begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input

from harbortui.screens.dialog import Dialog
from harbortui.shown import Part
from harbortui.text import safe
from harbortui.widgets.frame import Foot, Key
from harbortui.widgets.line import Line
from harbortui.widgets.paper import Paper

DIGITS = 8
"""Of the SHA-256, that have to be typed: nobody compares what only has to be nodded at."""
ASKED = (
    "Compare the SHA-256 with what the server's administrator tells you (on the server: openssl "
    f"x509 -in harbor.crt -noout -fingerprint -sha256). Is it the same, type its first {DIGITS} "
    "digits: from then on this certificate is accepted here, and no other."
)


class PinScreen(Dialog[bool]):
    """True when the first digits of the fingerprint have been typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "cancel", id="pin-cancel")]
    AUTO_FOCUS = "Input"

    def __init__(self, server: str, facts: Sequence[tuple[str, str]], sha256: str) -> None:
        super().__init__()
        self.server, self.facts, self.sha256 = server, facts, sha256

    def compose(self) -> ComposeResult:
        """What stands in it, its fingerprint in groups, the field."""
        with VerticalScroll(classes="dialog question danger", can_focus=False) as dialog:
            dialog.border_title = Content(safe(f"The certificate of {self.server}", limit=120))
            lines = [(Part(f"{title:<12}", "muted"), Part(text)) for title, text in self.facts]
            groups = " ".join(self.sha256[at : at + 8] for at in range(0, len(self.sha256), 8))
            shown = (Part(f"{'SHA-256':<12}", "muted"), Part(groups, "strong"))
            yield Paper([*lines, shown, (), (Part(ASKED),), ()])
            yield Line(id="typed", compact=True, max_length=2 * DIGITS)
            yield Paper(id="wrong")
        yield Foot()

    def on_mount(self) -> None:
        keys = (Key("enter", "accept", ""),)
        self.query_one(Foot).show(keys, (Key("esc", "cancel", "leave"),))

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """The right digits accept it."""
        if event.value.strip().lower() == self.sha256[:DIGITS]:
            self.dismiss(True)
        else:
            words = f"✗ these are not the first {DIGITS} digits"
            self.query_one("#wrong", Paper).show([(Part(words, "bad"),)])

    def action_leave(self) -> None:
        """Accept nothing."""
        self.dismiss(False)
