"""The banner of Harbor's portal: a setting whose value is JSON in a text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from harbortui.api.configuration import Value
from harbortui.api.form import Form, Labels, Lines
from harbortui.resources.setting_kinds import Kind

LONGEST = 800
"""Characters that the portal takes."""
Look = Literal["info", "success", "warning", "danger"]
LOOKS: dict[object, Look] = {one: one for one in get_args(Look)}


def moment(text: str) -> str:
    """`2026-11-21 18:00`, in UTC; nothing is no limit."""
    words = text.strip()
    if not words:
        return ""
    try:
        return _written(datetime.fromisoformat(words))
    except (ValueError, OverflowError):
        raise ValueError("a day and a time in UTC, such as 2026-11-21 18:00") from None


def _written(found: datetime) -> str:
    if found.tzinfo is not None:
        found = found.astimezone(UTC)
    return f"{found:%Y-%m-%d %H:%M}"


Moment = Annotated[str, AfterValidator(moment)]


class Banner(Form):
    """What people see above the portal, and when."""

    message: Annotated[str, Lines()] = Field(
        "", title="Message", description="Empty takes the banner away."
    )
    type: Annotated[Look, Labels({"info": "information"})] = Field("warning", title="Looks like")
    closable: bool = Field(
        False, title="Can be closed", description="Everyone can take it away for themselves."
    )
    start: Moment = Field("", title="From", description="Day and time in UTC; empty is at once.")
    end: Moment = Field("", title="To", description="Day and time in UTC; empty is for ever.")

    @model_validator(mode="after")
    def _in_order(self) -> Banner:
        if self.start and self.end and self.end <= self.start:
            raise ValueError("the banner ends before it begins")
        return self


@dataclass(frozen=True)
class BannerKind(Kind):
    """A banner, in five fields."""

    @property
    def field(self) -> str:
        """What is above the fields."""
        return "Above Harbor's portal"

    def says(self, value: Value) -> str:
        """Its message and what it looks like."""
        banner: Banner = self.answer(value)
        message = " ".join(banner.message.split())
        return f"{message} ({banner.type})" if message else "none"

    def annotation(self, value: Value) -> Any:
        """A form in the form."""
        return Banner

    def answer(self, value: Value) -> Banner:
        """The fields; text that is not the portal's JSON counts as the message."""
        known = _parsed(value)
        if known is None:
            return Banner.model_construct(message=str(value or ""))
        return Banner.model_construct(
            message=str(known.get("message") or ""),
            # The portal makes a warning of a banner without a type.
            type=LOOKS.get(str(known.get("type")), "warning"),
            closable=known.get("closable") is True,
            start=_moment(known.get("fromDate")),
            end=_moment(known.get("toDate")),
        )

    def judged(self, answer: Any) -> Any:
        """What the portal has room for."""
        if len(answer.message) > LONGEST:
            raise ValueError(f"the message is longer than {LONGEST} characters")
        return answer

    def value(self, answer: Any, before: Value) -> Value:
        """JSON as the portal writes it, with what a newer portal has put there besides."""
        if not answer.message.strip():
            return ""
        known, was = _parsed(before) or {}, self.answer(before)
        sent = {
            **known,
            "message": answer.message,
            "closable": answer.closable,
            "type": answer.type,
        }
        for name, text, old in (
            ("fromDate", answer.start, was.start),
            ("toDate", answer.end, was.end),
        ):
            if text != old:
                sent[name] = f"{text.replace(' ', 'T')}:00.000Z"
            if not text:
                sent.pop(name, None)
        return json.dumps(sent, ensure_ascii=False, separators=(",", ":"))


def _parsed(value: Value) -> dict[str, Any] | None:
    """The JSON object in a banner's text; None when it holds none."""
    try:
        found = json.loads(str(value or ""))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _moment(text: object) -> str:
    """An ISO time as it is typed; what is no time is none."""
    try:
        return _written(datetime.fromisoformat(str(text or "")))
    except (ValueError, OverflowError):
        return ""
