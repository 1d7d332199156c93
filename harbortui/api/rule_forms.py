"""What is filled in about replication rules."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationInfo, field_validator

from harbortui.api import cron
from harbortui.api.form import UNLIMITED, Form
from harbortui.api.replication import (
    EXCLUDES,
    ON_PUSH,
    SCHEDULED,
    Filter,
    Rule,
)
from harbortui.api.rule_fields import (
    LAST_PART,
    LEVELS,
    PULL,
    PUSH,
    Bandwidth,
    Chunks,
    Deletion,
    Enabled,
    Flattening,
    Kind,
    LabelSet,
    LabelsWay,
    Line,
    Mode,
    Name,
    Names,
    Namespace,
    Other,
    Override,
    Single,
    Start,
    Tags,
    TagsWay,
)

PLAIN = ("name", "description", "dest_namespace", "override", "enabled", "copy_by_chunk")
"""Fields that are called as in Harbor."""


class RuleForm(Form):
    """A rule, new or as it is."""

    name: Name = Field("", validate_default=True)
    description: str = Field("", title="Description")
    mode: Mode = "push"
    registry: Other = Field(None, validate_default=True)
    names: Names = ""
    tags: Tags = ""
    tags_way: TagsWay = "matches"
    labels: LabelSet = frozenset()
    labels_way: LabelsWay = "matches"
    resource: Kind = ""
    dest_namespace: Namespace = ""
    flattening: Flattening = 1
    trigger: Start = "manual"
    cron: Line = Field("", validate_default=True)
    deletion: Deletion = False
    override: Override = True
    speed: Bandwidth = UNLIMITED
    copy_by_chunk: Chunks = False
    single_active: Single = False
    enabled: Enabled = True

    @field_validator("trigger")
    @classmethod
    def _from_here(cls, trigger: str, answers: ValidationInfo) -> str:
        if trigger == ON_PUSH and answers.data.get("mode") == PULL:
            raise ValueError("only what is pushed here is noticed: pull by hand or by schedule")
        return trigger

    @field_validator("cron")
    @classmethod
    def _readable(cls, line: str, answers: ValidationInfo) -> str:
        return cron.check(line) if answers.data.get("trigger") == SCHEDULED else ""


def form(rule: Rule) -> RuleForm:
    """The form of a rule as it is; what Harbor holds and the form cannot say is left alone."""
    found = {one.type: one for one in reversed(rule.filters)}
    label, count = found.get("label", Filter()), rule.dest_namespace_replace_count
    values: dict[str, Any] = {
        **{name: getattr(rule, name) for name in PLAIN},
        "mode": PULL if rule.pulls else PUSH,
        "registry": rule.remote.id,
        "names": _text(found.get("name")),
        "tags": _text(found.get("tag")),
        "tags_way": _way(found.get("tag")),
        "labels": frozenset(label.value if isinstance(label.value, tuple) else ()),
        "labels_way": _way(label),
        "resource": _text(found.get("resource")),
        "flattening": count if count in LEVELS else LAST_PART,
        "trigger": rule.trigger.type or "manual",
        "cron": rule.cron,
        "deletion": rule.deletion,
        "speed": rule.speed if rule.speed > 0 else UNLIMITED,
        "single_active": bool(rule.single_active_replication),
    }
    return RuleForm.model_construct(**values)


def _text(one: Filter | None) -> str:
    return one.value if one and isinstance(one.value, str) else ""


def _way(one: Filter | None) -> str:
    return EXCLUDES if one and one.decoration == EXCLUDES else "matches"
