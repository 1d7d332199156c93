"""What the demo's registry holds: tables of JSON rows, by id. Tests look at them as witnesses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .answers import Json


class Table(dict[int, Json]):
    """Rows by id; ids grow by one and are never used again."""

    def __init__(self, key: str = "id") -> None:
        super().__init__()
        self.key = key
        self.last = 0

    def add(self, row: Json) -> Json:
        """Keeps the row under the next id, or under the one that it has already."""
        self.last = max(self.last + 1, int(row.get(self.key, 0)))
        row = row | {self.key: row.get(self.key, self.last)}
        self[row[self.key]] = row
        return row

    def burn(self) -> None:
        """Uses up an id without a row, as a database does for a refused insert."""
        self.last += 1

    def first(self, **wanted: Any) -> Json | None:
        """The first row with these values."""
        return next(self._having(wanted), None)

    def where(self, **wanted: Any) -> list[Json]:
        """All rows with these values."""
        return list(self._having(wanted))

    def _having(self, wanted: Json) -> Iterator[Json]:
        (key, value), *more = wanted.items()
        rows = (row for row in self.values() if row.get(key) == value)
        if not more:
            return rows
        return (row for row in rows if all(row.get(key) == value for key, value in more))


class State:
    """All tables of the demo. Seeds fill them, routes read and change them."""

    def __init__(self) -> None:
        self.projects = Table("project_id")
        self.members = Table()
        self.repositories = Table()
        self.artifacts = Table()
        self.immutables = Table()
        self.last_tag = 0
        self.last_accessory = 0
        self.stored: set[int] = set()
        self.labels = Table()
        self.quotas = Table()
        self.retentions = Table()
        self.scanners: list[Json] = []
        self.users = Table("user_id")
        self.passwords: dict[str, str] = {}
        self.groups = Table()
        self.robots = Table()
        self.registries = Table()
        self.policies = Table()
        self.executions = Table()
        self.tasks = Table()
        self.schedules = Table()
        self.collected: dict[int, int] = {}
        """Sizes of the artifacts that were there at the last garbage collection, by id."""
        self.free = 0
        """Free bytes of the disk."""
        self.jobs = Table()
        self.configuration: Json = {}
        self.allowlist: Json = {}
        self.unreachable: set[str] = set()
        """A knob: hosts of registries that refuse connections."""
        self.components: dict[str, str] = {}
        """A knob: what is wrong with a component, by its name; those without are healthy."""
        self.paused: set[str] = set()
        """Queues of jobs that stand still; `SCHEDULER` stops all schedules."""

    def project(self, name: str) -> Json:
        """The project with this name; KeyError if there is none."""
        return _one(self.projects, name, name=name)

    def user(self, username: str) -> Json:
        """The user with this name; KeyError if there is none."""
        return _one(self.users, username, username=username)

    def repository(self, name: str) -> Json:
        """The repository with this full name, as in `library/hello`; KeyError if there is none."""
        return _one(self.repositories, name, name=name)

    def artifact(self, name: str) -> Json:
        """The artifact `library/hello:latest` or `library/hello@sha256:…`; KeyError if none."""
        found = next((row for row in self.artifacts.values() if named(row, name)), None)
        if found is None:
            raise KeyError(name)
        return found


def _one(table: Table, what: str, **wanted: Any) -> Json:
    found = table.first(**wanted)
    if found is None:
        raise KeyError(what)
    return found


def named(artifact: Json, name: str) -> bool:
    """Whether an artifact is called `repository:tag` or `repository@digest`."""
    repository = artifact["repository_name"]
    if name == f"{repository}@{artifact['digest']}":
        return True
    return any(name == f"{repository}:{tag['name']}" for tag in artifact["tags"])
