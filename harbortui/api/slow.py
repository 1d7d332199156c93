"""What the overview reads seldom, since it costs the server more."""

from __future__ import annotations

from harbortui.api import quotas, robots
from harbortui.api.harbor import Harbor
from harbortui.api.model import Query
from harbortui.api.overview import Slow, allowed

FULLEST = 15
"""Quotas that are looked at: those with the most in them (17 ms a row on the server)."""


async def read(harbor: Harbor) -> Slow:
    """Quotas by what is in them, robots of all levels; for administrators."""
    query = Query(size=FULLEST, sort="-used.storage")
    page = await allowed(lambda: quotas.page(harbor, None, query))
    found = await allowed(lambda: robots.everywhere(harbor))
    return Slow(tuple(page.items) if page else None, None if found is None else tuple(found))
