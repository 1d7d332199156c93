"""The fields that forms of projects share."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from harbortui.api.form import Labels, Lines, Shown
from harbortui.api.rates import Count, Speed

Word = Literal["critical", "high", "medium", "low", "none"]
SEVERITIES = {
    "critical": "critical",
    "high": "high or worse",
    "medium": "medium or worse",
    "low": "low or worse",
    "none": "any",
}
_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_CVE = re.compile(r"[A-Za-z0-9][\w.:-]*", re.ASCII)


def check_name(name: str) -> str:
    """What Harbor takes as a project's name (src/server/v2.0/handler/project.go)."""
    if not 1 <= len(name) <= 255:
        raise ValueError("1 to 255 characters")
    if not _NAME.fullmatch(name):
        raise ValueError("lower-case letters and digits, with a single . _ or - between them")
    return name


def check_cves(text: str) -> str:
    """One id a line, each once: Harbor answers 500 to blank ids and to doubles."""
    ids = list(dict.fromkeys(text.replace(",", " ").split()))
    for one in ids:
        if not _CVE.fullmatch(one):
            raise ValueError(f"“{one}” is not an id such as CVE-2021-44228")
    return "\n".join(ids)


def check_day(text: str) -> str:
    """A day such as 2027-01-31, or nothing for ever."""
    if not text.strip():
        return ""
    try:
        day = datetime.strptime(text.strip(), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise ValueError("a day such as 2027-01-31, or nothing for ever") from error
    return day.date().isoformat()


_own_list = Shown(lambda answers: not answers.get("reuse_sys_cve_allowlist"))

Name = Annotated[
    str,
    AfterValidator(check_name),
    Field(title="Name", description="Lower-case letters and digits, with . _ - between them."),
]
Public = Annotated[
    bool, Field(title="Public", description="Everyone who reaches this registry may pull.")
]
AutoScan = Annotated[bool, Field(title="Scan on push")]
AutoSbom = Annotated[bool, Field(title="SBOM on push", description="Harbor 2.11 or later.")]
PreventVul = Annotated[
    bool,
    Field(
        title="Stop vulnerable",
        description="Pulling an image with vulnerabilities of the severity below is refused.",
    ),
]
Severity = Annotated[
    Word,
    Labels(SEVERITIES),
    Shown(lambda answers: bool(answers.get("prevent_vul"))),
    Field(title="Severity"),
]
ReuseAllowlist = Annotated[
    bool,
    Field(
        title="System's allowlist",
        description="Vulnerabilities that the whole registry allows; off: those listed below.",
    ),
]
Cves = Annotated[
    str,
    AfterValidator(check_cves),
    Lines(),
    _own_list,
    Field(title="Allowed CVEs", description="One a line, as CVE-2021-44228."),
]
Expires = Annotated[
    str,
    AfterValidator(check_day),
    _own_list,
    Field(
        title="Allowed until",
        description="The last day, in UTC, as in 2027-01-31; nothing for ever.",
    ),
]
Cosign = Annotated[
    bool,
    Field(title="Cosign", description="Only images that Cosign has signed can be pulled."),
]
Notation = Annotated[
    bool,
    Field(title="Notation", description="Only images that Notation has signed can be pulled."),
]
Bandwidth = Annotated[
    Speed,
    Field(title="Bandwidth", description="As in 10 Mbit/s; nothing for no limit. Harbor 2.12."),
]
Connections = Annotated[
    Count,
    Field(
        title="Connections",
        description="At most so many to the registry at a time; nothing for no limit. Harbor 2.15.",
    ),
]
KeepGone = Annotated[
    bool,
    Field(
        title="Keep what is gone",
        description="Serve an image that the registry no longer has. Harbor 2.15.2.",
    ),
]
