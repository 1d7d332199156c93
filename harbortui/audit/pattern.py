"""A name to look for, in which `*` stands for anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

INSIDE = ("/", ":", "@")
"""What follows a name where something in it is named: `project/repository:tag`."""
DIGEST = "sha256:"


@dataclass(frozen=True)
class Pattern:
    """A text; one that was quoted is taken word for word."""

    text: str
    quoted: bool = False

    @property
    def wild(self) -> bool:
        """Whether it has a `*` that stands for anything; case does not count then."""
        return "*" in self.text and not self.quoted

    @property
    def piece(self) -> str:
        """The longest part that every match holds."""
        return max(self.text.split("*"), key=len) if self.wild else self.text

    @cached_property
    def _shape(self) -> re.Pattern[str]:
        parts = map(re.escape, self.text.split("*"))
        return re.compile(".*".join(parts), re.IGNORECASE | re.DOTALL)

    def matches(self, value: str) -> bool:
        """Whether this is what a value is."""
        return bool(self._shape.fullmatch(value)) if self.wild else value == self.text

    def names(self, resource: str, description: str) -> bool:
        """Whether it names a thing, or what that is in; a digest also in the description.

        A pull or a push by tag has its digest in the description alone; digests may be cut short.
        """
        if self.wild:
            return self.matches(resource)
        if DIGEST in self.text:
            start = "" if self.text.startswith(DIGEST) else " "
            return any(f"{start}{self.text}" in f" {one}" for one in (resource, description))
        return resource == self.text or (
            resource.startswith(self.text) and resource[len(self.text) :].startswith(INSIDE)
        )

    def outlived_by(self, kind: str, resource: str) -> bool:
        """Whether a deletion of `resource` ended what this names: its repository, its project."""
        if self.wild or kind not in ("delete_repository", "delete_project"):
            return False
        ends = ("/",) if kind == "delete_project" else (":", "@")
        return self.text.startswith(resource) and self.text[len(resource) :].startswith(ends)
