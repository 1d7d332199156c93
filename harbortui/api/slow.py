"""What the overview reads seldom, since it costs the server more."""

from __future__ import annotations

from harbortui.api import quotas, robots
from harbortui.api.harbor import Harbor
from harbortui.api.model import Query
from harbortui.api.overview import Slow, allowed

FULLEST = 15
"""Quotas that are looked at: those with the most in them (17 ms a row on the server)."""


async def read(harbor: Harbor) -> Slow:
    """The fullest quotas, and the robots of all levels that expire first; for administrators."""
    query = Query(size=FULLEST, sort="-used.storage")
    page = await allowed(lambda: quotas.page(harbor, None, query))
    found = await allowed(lambda: robots.everywhere(harbor))
    fullest = sorted(page.items, key=lambda quota: quota.share or 0, reverse=True) if page else None
    return Slow(
        None if fullest is None else tuple(fullest),
        None if found is None else tuple(robots.by_expiry(found)),
    )
