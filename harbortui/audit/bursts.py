"""Bursts of equal events, each shown as one: a machine often does the same many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from harbortui.api.audit import Event
from harbortui.audit.statistics import traits


def folded(events: Sequence[Event]) -> tuple[list[Event], Mapping[int, Sequence[Event]]]:
    """The first event of each run of alike ones; the whole runs by its id, where they are longer.

    Alike are events by one user, of one operation and result, on one thing or in one repository.
    """
    runs = [list(run) for _, run in groupby(events, traits)]
    return [run[0] for run in runs], {run[0].id: run for run in runs if len(run) > 1}
