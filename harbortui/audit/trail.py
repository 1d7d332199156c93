"""The trail of a tag: what happened to the digests that it has stood for.

Harbor writes a deletion by digest alone; which digests a tag had is in the descriptions of its
pushes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from harbortui.audit.filter import Filter
from harbortui.audit.pattern import DIGEST, Pattern
from harbortui.audit.queries import repository_of
from harbortui.audit.walk import Walk
from harbortui.audit.wording import PUSH

STEPS = 60
"""Requests at most; with doubling windows that is far back."""
MOST = 20
"""Digests of one tag, the newest."""
_WHOLE = re.compile(r"sha256:[0-9a-f]{64}")


class WalkFor(Protocol):
    """Makes a walk with a filter, at the newest end."""

    def __call__(self, wanted: Filter) -> Walk: ...


def tags(wanted: Filter) -> list[str]:
    """The tags that a filter is about, as in `project/repository:tag`."""
    named = [one.text for one in wanted.things if not one.wild and DIGEST not in one.text]
    return [name for name in named if "/" in name and ":" in name.rpartition("/")[2]]


async def joined(wanted: Filter, walk_for: WalkFor) -> Filter:
    """The filter, with the digests of its tags. Raises HarborError."""
    known = {one.text for one in wanted.things}
    found: dict[str, None] = {}
    for tag in tags(wanted):
        pushes = Filter(project=wanted.project, operations=(PUSH,), things=(Pattern(tag),))
        for digest in await _digests(walk_for(pushes)):
            found.setdefault(f"{repository_of(tag)}@{digest}")
    more = tuple(Pattern(name, quoted=True) for name in found if name not in known)
    return replace(wanted, things=(*wanted.things, *more)) if more else wanted


async def _digests(walk: Walk) -> list[str]:
    """Those of the pushes that a walk finds, the newest first."""
    found: dict[str, None] = {}
    for _ in range(STEPS):
        if walk.at_start or len(found) >= MOST:
            break
        await walk.older()
        for event in reversed(walk.window.events):
            found |= dict.fromkeys(_WHOLE.findall(event.operation_description))
        walk.window.events.clear()
    return list(found)[:MOST]
