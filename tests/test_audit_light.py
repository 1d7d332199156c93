"""What the engine costs: time of the processor for pages and for many events a second."""

from __future__ import annotations

import asyncio
import json
import re
import tracemalloc
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time

from harbortui.api.audit import Found, decoded
from harbortui.audit.filter import Filter
from harbortui.audit.reading import Clocks, Reading
from harbortui.audit.window import LARGEST, Window

from .audit_model import BASE

PAGE = 100
RANGE = re.compile(r"id=\[(\d+)~(\d*)\]")
SECOND = 10_000
"""Events that arrive in one second."""


def row(number: int) -> dict[str, object]:
    digest = f"payments/api@sha256:{number:064x}"
    return {
        "id": number,
        "op_time": f"{(BASE + timedelta(seconds=number // SECOND)).isoformat()[:19]}.000Z",
        "operation": "pull",
        "resource_type": "artifact",
        "resource": digest,
        "username": "robot$ci-pusher",
        "operation_description": f"pull artifact: {digest}",
        "operation_result": True,
    }


def page(first: int) -> bytes:
    return json.dumps([row(number) for number in range(first, first + PAGE)]).encode()


class Stream:
    """A log to which whole pages are added."""

    old = False

    def __init__(self) -> None:
        self.pages: dict[int, bytes] = {}
        self.last = 0
        self.longest, self._since = 0.0, process_time()

    def add(self, count: int) -> None:
        """So many events, behind those that are there."""
        for first in range(self.last + 1, self.last + count, PAGE):
            self.pages[first] = page(first)
        self.last += count
        self._since = process_time()

    async def ask(self, q: str, sort: str, size: int) -> Found:
        """A page that begins where a page begins; other programs may run meanwhile."""
        self.longest = max(self.longest, process_time() - self._since)
        await asyncio.sleep(0)
        self._since = process_time()
        if not (found := RANGE.match(q)):
            return Found([], 0)
        low, high = int(found[1]), int(found[2] or self.last)
        events, _ = decoded(self.pages.get(low, b"[]") if size == PAGE else b"[]")
        return Found(events, min(high, self.last) - low + 1)


def test_a_page_is_decoded_in_150_microseconds() -> None:
    content, took = page(1), []
    for _ in range(300):
        began = perf_counter()
        events, _ = decoded(content)
        took.append(perf_counter() - began)
    assert len(events) == PAGE
    assert min(took) <= 150e-6


async def test_ten_thousand_events_a_second_leave_most_of_a_core_free() -> None:
    log, seconds = Stream(), 0
    clocks = Clocks(lambda: float(seconds), lambda: BASE + timedelta(seconds=seconds))
    reading = Reading(log, Filter(), clocks, everything=True)
    await reading.open()
    took = []
    while seconds < 7:
        seconds += 1
        log.add(SECOND)
        log.longest, began = 0.0, process_time()
        while not await reading.poll():
            continue
        took.append((process_time() - began, log.longest))
        log.pages.clear()
    assert reading.delivered == 7 * SECOND and len(reading.window) == LARGEST
    assert median(cost for cost, _ in took) <= 0.3
    assert median(longest for _, longest in took) <= 0.02


def test_a_window_takes_at_most_600_bytes_an_event() -> None:
    contents = [page(first) for first in range(1, LARGEST, PAGE)]
    decoded(contents[0])
    window = Window(1)
    tracemalloc.start()
    try:
        for content in contents:
            events, _ = decoded(content)
            window.add_newer(events, events[-1].id)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(window) == LARGEST
    assert taken / LARGEST <= 600
