"""Signing in: which Harbor, who, the password; asked again over the screen one was on."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, Field, SecretStr
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from harbortui import address
from harbortui.api.form import Form
from harbortui.screens.forms import FormScreen, Send
from harbortui.screens.messages import Elsewhere, Quit
from harbortui.text import safe
from harbortui.widgets.frame import Key


class Again(Form):
    """The session has ended: the same Harbor, the same name."""

    username: str = Field(title="Name", min_length=1)
    password: SecretStr = Field(title="Password", description="Tried once, not again and again.")


class Somewhere(Form):
    """A Harbor that no profile names."""

    url: Annotated[str, AfterValidator(address.normal)] = Field(
        title="Address", description="As in a browser: harbor.example.com"
    )
    username: str = Field("admin", title="Name", description="robot$… signs in as a robot")
    password: SecretStr = Field(
        title="Password", description="Tried once. A directory may lock a name after failures."
    )
    keep: str = Field(
        "", title="Keep as", description="a name, to find it as a profile; empty: not kept"
    )


class SignInScreen(FormScreen):
    """A form of its own sort: leaving it leaves the program, unless there is a way `back`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "profiles", "another Harbor", id="profiles"),
    ]

    def __init__(
        self,
        heading: str,
        filled: Form,
        send: Send,
        problem: str,
        *,
        look: Send | None = None,
        back: bool = False,
    ) -> None:
        super().__init__(None, heading, type(filled), filled, send=send, test=look)
        self.problem, self.back = problem, back
        self.insecure = False
        """Nobody will look at the certificate: the password may go to anybody."""

    def on_mount(self) -> None:
        super().on_mount()
        self.say(self.problem)
        if self.insecure:
            dialog = self.query_one(".dialog", Vertical).add_class("danger")
            dialog.border_title = Content(safe(f"{self.heading} · TLS NOT VERIFIED", limit=120))
        empty = (one.control for one in self.fields if not one.value)
        if control := next(empty, None):
            control.focus()

    def keys_here(self) -> tuple[Key, ...]:
        """Enter signs in here."""
        keys = (
            Key("enter", "sign in", "save"),
            Key("tab", "next field", "app.focus_next"),
            Key("ctrl+o", "another Harbor", "profiles"),
        )
        return (*keys, Key("ctrl+t", "look closer", "try")) if self.test else keys

    def action_leave(self) -> None:  # type: ignore[override]  # nothing to ask about here
        """Without a session there is nothing to go back to."""
        if self.back:
            self.dismiss(None)
        else:
            self.post_message(Quit())

    def dismiss(self, result: BaseModel | None = None) -> AwaitComplete:
        """Close; a form below may have been refused meanwhile."""
        closing = super().dismiss(result)
        if result and isinstance(self.app.screen, FormScreen):
            self.app.screen.signed_in()
        return closing

    def action_profiles(self) -> None:
        """Choose another Harbor."""
        self.post_message(Elsewhere())
