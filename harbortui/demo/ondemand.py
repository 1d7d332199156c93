"""Rows that are made when looked at, for lists too long to keep."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import overload

from .answers import Json
from .query import Keys, Term

Sort = tuple[str, bool]
"""A key to sort by, and whether it descends."""


class Made(Sequence[Json]):
    """`total` rows, each made from its place."""

    def __init__(self, total: int, make: Callable[[int], Json]) -> None:
        self.total = total
        self.make = make

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, place: int) -> Json: ...

    @overload
    def __getitem__(self, place: slice) -> list[Json]: ...

    def __getitem__(self, place: int | slice) -> Json | list[Json]:
        if isinstance(place, slice):
            return [self.make(number) for number in range(*place.indices(self.total))]
        return self.make(range(self.total)[place])

    def __iter__(self) -> Iterator[Json]:
        return (self.make(number) for number in range(self.total))


class OnDemand(Made):
    """Made rows that know how to filter and to sort themselves without being made all."""

    @abstractmethod
    def having(self, terms: list[Term], keys: Keys) -> Sequence[Json]:
        """The rows that match all terms."""

    @abstractmethod
    def sorted_by(self, sorts: list[Sort], keys: Keys) -> Sequence[Json]:
        """The rows in this order."""
