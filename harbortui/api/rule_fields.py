"""The fields of the form of a replication rule, and what they can be set to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from harbortui.api import adapters, patterns, registries
from harbortui.api.form import Choice, Choices, Labels, Shown
from harbortui.api.harbor import Harbor
from harbortui.api.rates import Speed
from harbortui.api.registries import LOCAL

PUSH, PULL = "push", "pull"
Answers = Mapping[str, Any]
# Harbor's RepositoryNameRe (src/lib/regexp.go).
_NAMESPACE = re.compile(
    r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*"
)


def source(answers: Answers) -> int:
    """The registry that is copied from: it decides which filters there are."""
    return LOCAL if answers.get("mode") == PUSH else int(answers.get("registry") or LOCAL)


async def labels(harbor: Harbor, answers: Answers) -> Sequence[Choice]:
    """The labels that the source knows; none where it cannot filter by them."""
    found = await adapters.abilities(harbor, source(answers))
    return [Choice(name, name) for name in found.values("label")]


async def resources(harbor: Harbor, answers: Answers) -> Sequence[Choice]:
    """The kinds of things that the source can tell apart."""
    found = await adapters.abilities(harbor, source(answers))
    return [Choice("", "everything"), *(Choice(one, one) for one in found.values("resource"))]


def check_name(name: str) -> str:
    """Harbor takes anything but nothing; its database keeps 256 characters."""
    if not 1 <= len(name.strip()) <= 256:
        raise ValueError("1 to 256 characters")
    return name.strip()


def check_registry(number: object) -> object:
    """One has to be chosen."""
    if number in (None, LOCAL):
        raise ValueError("choose a registry")
    return number


def check_namespace(text: str) -> str:
    """What a repository's name may begin with, or nothing for the same name as here."""
    if text and not _NAMESPACE.fullmatch(text):
        raise ValueError("lower-case letters and digits, with . _ - / between them")
    return text


SOURCE = ("mode", "registry")
LAST_PART = -1
"""Harbor's number for dropping all levels of a name but the last."""
LEVELS = {
    1: "a/b/c becomes …/b/c",
    0: "a/b/c becomes …/a/b/c",
    2: "a/b/c/d becomes …/c/d",
    3: "a/b/c/d becomes …/d",
    LAST_PART: "only the last part",
}
Name = Annotated[str, AfterValidator(check_name), Field(title="Name")]
Mode = Annotated[
    Literal["push", "pull"],
    Labels({PUSH: "push, from here", PULL: "pull, to here"}),
    Field(title="Direction"),
]
Other = Annotated[
    int,
    Choices(registries.choices),
    BeforeValidator(check_registry),
    Field(title="Registry", description="The one elsewhere, that is copied to or from."),
]
Pattern = Annotated[str, AfterValidator(patterns.check)]
Names = Annotated[
    Pattern,
    Field(
        title="Names",
        description="Repositories, as payments/** or library/{nginx,redis}; nothing for all.",
    ),
]
Tags = Annotated[
    Pattern, Field(title="Tags", description="As v* or {1.*,latest}; nothing for all.")
]
Way = Annotated[
    Literal["matches", "excludes"], Labels({"matches": "only these", "excludes": "all but these"})
]
TagsWay = Annotated[
    Way, Shown(lambda answers: bool(answers.get("tags"))), Field(title="… of these tags")
]
LabelSet = Annotated[
    frozenset[str],
    Choices(labels, depends=SOURCE),
    Field(title="Labels", description="Artifacts that have all of them; none for any."),
]
LabelsWay = Annotated[
    Way, Shown(lambda answers: bool(answers.get("labels"))), Field(title="… of these labels")
]
Kind = Annotated[str, Choices(resources, depends=SOURCE), Field(title="Resource")]
Namespace = Annotated[
    str,
    AfterValidator(check_namespace),
    Field(
        title="Namespace there",
        description="Project (and path) at the destination; nothing for the same name.",
    ),
]
Flattening = Annotated[
    Literal[1, 0, 2, 3, -1],
    Labels(LEVELS),
    Shown(lambda answers: bool(answers.get("dest_namespace"))),
    Field(title="Flattening", description="How many levels of a name the namespace replaces."),
]
Start = Annotated[
    Literal["manual", "scheduled", "event_based"],
    Labels({"manual": "by hand", "scheduled": "by schedule", "event_based": "on push"}),
    Field(title="Starts"),
]
Line = Annotated[
    str,
    Shown(lambda answers: answers.get("trigger") == "scheduled"),
    Field(
        title="Schedule",
        description="Second minute hour day month weekday, UTC: 0 0 2 * * * is daily 02:00.",
    ),
]
Deletion = Annotated[
    bool,
    Shown(lambda answers: answers.get("trigger") == "event_based"),
    Field(title="Deletions too", description="What is deleted here is deleted there."),
]
Override = Annotated[
    bool, Field(title="Override", description="Replace a tag there that is another artifact.")
]
Bandwidth = Annotated[
    Speed,
    Field(title="Bandwidth", description="Of each task, as 10 Mbit/s; nothing for no limit."),
]
Chunks = Annotated[
    bool, Field(title="Copy by chunk", description="Large blobs in pieces; between Harbors only.")
]
Single = Annotated[
    bool,
    Shown(lambda answers: answers.get("trigger") != "event_based"),
    Field(
        title="One at a time",
        description="Skip a run while the one before still goes on. Harbor 2.14.",
    ),
]
Enabled = Annotated[bool, Field(title="Enabled")]
