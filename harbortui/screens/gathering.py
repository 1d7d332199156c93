"""All rows of a list at once, to be sorted or marked as a whole."""

from __future__ import annotations

from harbortui.api.errors import HarborError
from harbortui.screens.listing import Listing, TooManyRows

AT_ONCE = 20
"""Rows that are completed between two words about how far it has come."""


async def _completed(listing: Listing) -> None:
    """Fill in all rows, some at a time, telling how far it has come; ctrl+c stops it."""
    session = listing.session
    lacking, stopped = listing.lacking(listing.pages.items), session.stops.since_now()
    for start in range(0, len(lacking), AT_ONCE):
        if stopped():
            raise TooManyRows("stopped: the order is as it was")
        session.say(f"reading {listing.resource.several}: {start} of {len(lacking)} (ctrl+c stops)")
        await listing.complete(lacking[start : start + AT_ONCE])


async def gathered(listing: Listing, complete: bool = False) -> bool:
    """Every row is here, completed if asked for; when not, the status line says why."""
    session = listing.session
    session.say(f"reading all {listing.resource.several} …")
    try:
        await listing.gather()
        if complete:
            await _completed(listing)
    except TooManyRows as error:
        session.say(str(error), "bad")
        return False
    except HarborError as error:
        session.refused(error)
        session.say(str(error), "bad")
        return False
    session.say("")
    return True
