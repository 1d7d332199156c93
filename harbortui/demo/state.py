"""What the demo's registry holds: tables of JSON rows, by id. Tests look at them as witnesses."""

from __future__ import annotations

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
        return next(iter(self.where(**wanted)), None)

    def where(self, **wanted: Any) -> list[Json]:
        """All rows with these values."""
        items = wanted.items()
        return [row for row in self.values() if all(row.get(key) == value for key, value in items)]


class State:
    """All tables of the demo. Seeds fill them, routes read and change them."""

    def __init__(self) -> None:
        self.projects = Table("project_id")
        self.members = Table()
        self.repositories = Table()
        self.artifacts = Table()
        self.tags = Table()
        self.labels = Table()
        self.quotas = Table()
        self.retentions = Table()
        self.scanners: list[Json] = []
        self.users = Table("user_id")
        self.passwords: dict[str, str] = {}
        self.robots = Table()
        self.registries = Table()
        self.policies = Table()
        self.executions = Table()
        self.tasks = Table()
        self.jobs = Table()
        self.configuration: Json = {}
