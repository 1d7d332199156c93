"""Settings as a form: one of them, or those of a group together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationInfo, create_model, model_validator

from harbortui.api.configuration import Configuration, Value
from harbortui.api.form import Form, Shown
from harbortui.resources.setting import Known

SURE = "sure"
"""The field that stands for the question before a change that has consequences."""


@dataclass(frozen=True)
class Sheet:
    """Which settings are filled in, and how they stood when they were shown."""

    settings: Sequence[Known]
    configuration: Configuration

    @property
    def alone(self) -> bool:
        """Whether it is one setting only."""
        return len(self.settings) == 1

    def named(self) -> Mapping[str, Known]:
        """Settings by field: a newer Harbor's keys could be any words, so fields are numbered."""
        return {f"setting{number}": known for number, known in enumerate(self.settings)}

    def before(self, known: Known) -> Any:
        """A setting as the form shows it at first."""
        return known.kind.answer(self.configuration.value(known.key))

    def form(self) -> Form:
        """The form, filled in; values that are there already are not judged."""
        fields: dict[str, Any] = {name: self._field(known) for name, known in self.named().items()}
        if self.alone and (words := self._caution(self.settings[0])):
            shown = Shown(lambda answers: bool(self._warning(answers.get("setting0"))))
            sure = Annotated[bool, shown, AfterValidator(self._sure)]
            fields[SURE] = (sure, Field(False, title="Go ahead", description=words))
        whole: dict[str, Any] = {
            "whole": model_validator(mode="after")(lambda form: self._whole(form))
        }
        made = create_model("Settings", __base__=Form, __validators__=whole, **fields)
        answers = {name: self.before(known) for name, known in self.named().items()}
        return made.model_construct(**answers)

    def _field(self, known: Known) -> tuple[Any, Any]:
        annotation = known.kind.annotation(self.configuration.value(known.key))
        judge = AfterValidator(partial(self._judged, known))
        judged = Annotated[annotation, judge]  # type: ignore[valid-type]  # made at run time
        title = known.kind.field if self.alone else known.title
        return judged, Field(self.before(known), title=title, description=known.help)

    def _judged(self, known: Known, answer: Any) -> Any:
        return answer if answer == self.before(known) else known.kind.judged(answer)

    def _caution(self, known: Known) -> str:
        """What any change would bring about."""
        others = known.kind.others(self.configuration.value(known.key))
        return next(filter(None, map(known.caution, others)), "")

    def _warning(self, answer: Any) -> str:
        """What this change brings about."""
        known = self.settings[0]
        before = self.before(known)
        if answer in (None, before) or (isinstance(answer, str) and answer.strip() == before):
            return ""
        return known.caution(known.kind.value(answer, self.configuration.value(known.key)))

    def _sure(self, answer: bool, others: ValidationInfo) -> bool:
        if not answer and self._warning(others.data.get("setting0")):
            raise ValueError("switch this on to go ahead")
        return answer

    def _whole(self, form: Any) -> Any:
        """What Harbor refuses because of another setting."""
        changes = self.changes(form)
        known = {key: setting.value for key, setting in self.configuration.root.items()}
        after = {**known, **changes}
        for setting in self.settings:
            if setting.key in changes and (problem := setting.rule(after)):
                raise ValueError(problem)
        return form

    def changes(self, form: Form) -> dict[str, Value]:
        """What is to be set: only what was answered otherwise than it was shown."""
        found: dict[str, Value] = {}
        for name, known in self.named().items():
            answer = getattr(form, name)
            if answer != self.before(known):
                found[known.key] = known.kind.value(answer, self.configuration.value(known.key))
        return found
