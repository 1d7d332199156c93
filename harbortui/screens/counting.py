"""What a list says of itself in words: how many, how filtered, why it is empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

from harbortui.screens.listing import Listing
from harbortui.shown import Part


def why_empty(listing: Listing) -> str:
    """What an empty list says, and the key that helps."""
    resource = listing.resource
    if listing.text:
        return f"No {resource.several} match /{listing.text}. esc clears the filter."
    if listing.preset:
        return f"No {resource.several} are {listing.preset.name}. f shows others."
    return resource.empty or f"No {resource.several} here."


def marked(listing: Listing, marks: Mapping[Hashable, Any]) -> tuple[Part, ...]:
    """How many are marked, and how many of them the filter hides."""
    if not marks:
        return ()
    hidden = listing.hidden(marks)
    words = f"{len(marks)} marked" + (f", {hidden} hidden" if hidden else "")
    return (Part(f"{words}   ", "accent"),)


def counts(listing: Listing) -> tuple[Part, ...]:
    """Filter, preset, how many of how many."""
    found: list[Part] = []
    pages = listing.pages
    if listing.preset:
        found.append(Part(f"{listing.preset.name}   ", "accent"))
    if listing.text:
        found.append(Part(f"filter /{listing.text}   ", "accent"))
    if pages.unreadable:
        found.append(Part(f"{pages.unreadable} unreadable   ", "warn"))
    if not pages.answered:
        return tuple(found)
    total = ("≥ " if pages.bound else "") + f"{pages.total:,}"
    few = listing.shown != pages.total
    name = listing.resource.one if pages.total == 1 else listing.resource.several
    if few:
        return (*found, Part(f"{listing.shown:,} of {total}", "muted"))
    return (*found, Part(f"{total} {name}", "muted"), *_states(listing))


def _states(listing: Listing) -> list[Part]:
    """How many are in states that matter, the bad ones last; known when every row is here."""
    if not listing.here:
        return []
    count = Counter(filter(None, map(listing.resource.counted, listing.pages.items)))
    ranked = sorted(count, key=lambda state: (state.tone == "bad", state.text))
    return [Part(f", {count[state]:,} {state.text}", state.tone) for state in ranked]
