"""Rows that are made when looked at, for lists too long to keep."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import overload

from .answers import Json
from .query import Keys, Term, matches

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


class Joined(OnDemand):
    """Some rows that are there, then rows that are made: what was changed comes first."""

    def __init__(self, first: list[Json], rest: OnDemand) -> None:
        self.first = first
        self.rest = rest
        super().__init__(len(first) + len(rest), self._row)

    def _row(self, place: int) -> Json:
        there = len(self.first)
        return self.first[place] if place < there else self.rest[place - there]

    def having(self, terms: list[Term], keys: Keys) -> Sequence[Json]:
        """The matching ones of both parts."""
        first = [row for row in self.first if all(matches(term, row, keys) for term in terms)]
        rest = self.rest.having(terms, keys)
        return Joined(first, rest) if isinstance(rest, OnDemand) else [*first, *rest]

    def sorted_by(self, sorts: list[Sort], keys: Keys) -> Sequence[Json]:
        """Only what is made is sorted."""
        rest = self.rest.sorted_by(sorts, keys)
        return Joined(self.first, rest) if isinstance(rest, OnDemand) else [*self.first, *rest]
