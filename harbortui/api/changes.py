"""Two people at one thing: what a form changes, and whether someone else changed it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from harbortui.api.errors import Conflict
from harbortui.api.form import Labels, Shown, Written


def changed(before: BaseModel, after: BaseModel) -> dict[str, Any]:
    """The fields of `after` that are not as they were, with their values.

    Fields that are not shown have not been answered: they count as they were.
    """
    answers = {name: getattr(after, name) for name in type(after).model_fields}
    return {
        name: answers[name]
        for name, field in type(after).model_fields.items()
        if _shown(field, answers) and answers[name] != getattr(before, name, None)
    }


def _shown(field: FieldInfo, answers: Mapping[str, Any]) -> bool:
    return all(mark.when(answers) for mark in field.metadata if isinstance(mark, Shown))


def unless_changed(what: str, before: BaseModel, after: BaseModel, now: BaseModel) -> None:
    """Raises Conflict, with both values, when a field to be changed is not as it was shown."""
    for name, wanted in changed(before, after).items():
        was, is_now = getattr(before, name, None), getattr(now, name, None)
        if is_now in (was, wanted):
            continue
        field = type(after).model_fields[name]
        raise Conflict(
            f"“{field.title or name}” of {what} was changed by someone else meanwhile: it was "
            f"{said(field, was)} and is now {said(field, is_now)}; look again and repeat"
        )


def said(field: FieldInfo, value: Any) -> str:
    """A value in the words of its field."""
    if isinstance(value, bool):
        return "on" if value else "off"
    for mark in field.metadata:
        if isinstance(mark, Labels) and value in mark.words:
            return mark.words[value]
        if isinstance(mark, Written):
            return mark.text(value) or "unlimited"
    return str(value) if value not in ("", None) else "empty"
