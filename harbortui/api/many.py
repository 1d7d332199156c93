"""Many requests for one answer: a few at a time, and page after page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from pydantic import BaseModel

from harbortui.api.errors import NotFound
from harbortui.api.model import Page, Query

AT_ONCE = 4
"""Requests at a time: more are not answered sooner, and others want Harbor too."""

T = TypeVar("T")
R = TypeVar("R")
M = TypeVar("M", bound=BaseModel)


async def several(
    items: Iterable[T], run: Callable[[T], Awaitable[R]], at_once: int = AT_ONCE
) -> list[R]:
    """What `run` gives for each item, in their order; the first error ends the others."""
    waiting = enumerate(items)
    results: dict[int, R] = {}
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(_take(waiting, run, results))
    except ExceptionGroup as failed:
        first = failed.exceptions[0]
        raise first from first.__cause__
    return [results[number] for number in sorted(results)]


async def those_there(items: Iterable[T], run: Callable[[T], Awaitable[R]]) -> list[R]:
    """As `several`, without what is gone meanwhile."""

    async def one(item: T) -> list[R]:
        try:
            return [await run(item)]
        except NotFound:
            return []

    return [found for some in await several(items, one) for found in some]


async def _take(
    waiting: Iterator[tuple[int, T]], run: Callable[[T], Awaitable[R]], results: dict[int, R]
) -> None:
    for number, item in waiting:
        results[number] = await run(item)


async def all_pages(
    load: Callable[[Query], Awaitable[Page[M]]], query: Query, most: int = 10_000
) -> list[M]:
    """All items of a collection, up to `most`; ends at a page that is not full."""
    items: list[M] = []
    while len(items) < most:
        page = await load(query)
        items += page.items
        if len(page.items) + page.unreadable < query.size:
            break
        query = query.turn(query.page + 1)
    return items


async def behind(
    first: Awaitable[Sequence[M]], load: Callable[[Query], Awaitable[Page[M]]], query: Query
) -> Page[M]:
    """A page of a collection with some `first` rows before it, which move all others down."""
    numbers = range(max(1, query.page - 1), query.page + 1)
    there, found = await asyncio.gather(
        first, asyncio.gather(*(load(query.turn(number)) for number in numbers))
    )
    before = there if query.page == 1 else found[0].items[query.size - len(there) :]
    last = found[-1]
    items = [*before, *last.items][: query.size]
    return Page(items, last.total + len(there), last.bound, last.unreadable)
