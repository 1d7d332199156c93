"""The five million artifacts of the large project as one list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import listing, query
from .answers import Json
from .large import ARTIFACTS, artifact, number_of, present
from .ondemand import OnDemand, Sort
from .query import Keys, Term

if TYPE_CHECKING:
    from .server import DemoHarbor

OWN = ("digest", "id", "repository_id", "repository_name", "size")
"""What differs between artifacts that have the same place in their repositories."""


class AllArtifacts(OnDemand):
    """Artifacts of all generated repositories, at some of their places, the newest places first.

    What is asked of them is mostly the same for the same place of every repository, so it is
    tried on one repository. Sorting by what differs is not done: they stay in this order.
    """

    def __init__(self, demo: DemoHarbor, places: Sequence[int] = range(ARTIFACTS)) -> None:
        self.demo = demo
        self.places = places
        self.numbers = [number for number in present(demo) if number not in demo.stored]
        super().__init__(len(places) * len(self.numbers), self._artifact)

    def _artifact(self, place: int) -> Json:
        age, repository = divmod(place, len(self.numbers))
        return artifact(self.demo, self.numbers[repository], self.places[age])

    def having(self, terms: list[Term], keys: Keys) -> Sequence[Json]:
        """The matching ones; a digest is not searched for, it tells where it is."""
        alike = [term for term in terms if term.key not in OWN]
        places = [
            place
            for place in self.places
            if all(query.matches(term, artifact(self.demo, 0, place), keys) for term in alike)
        ]
        own = [term for term in terms if term.key in OWN]
        found = AllArtifacts(self.demo, places)
        if not own:
            return found
        rows = found._only(own)
        return [row for row in rows if all(query.matches(term, row, keys) for term in own)]

    def _only(self, terms: list[Term]) -> Sequence[Json]:
        """The one row that can have the digest which is asked for, or all."""
        wanted = [term.text for term in terms if term.key == "digest" and term.form == "exact"]
        if not wanted:
            return self
        number = number_of(wanted[0])
        repository, place = divmod(number or 0, ARTIFACTS)
        if number is None or repository in self.demo.stored or place not in self.places:
            return []
        return [artifact(self.demo, repository, place)]

    def sorted_by(self, sorts: list[Sort], keys: Keys) -> Sequence[Json]:
        """Sorted as far as the order of places decides it."""
        known = [sort for sort in sorts if sort[0] not in OWN]
        rows = [artifact(self.demo, 0, place) | {"place": place} for place in self.places]
        rows = list(listing.ordered(rows, known, keys))
        return AllArtifacts(self.demo, [row["place"] for row in rows])
