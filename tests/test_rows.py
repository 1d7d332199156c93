"""Sparse lists: pages come when they are seen, and always fit together again."""

import time

import pytest

from harbortui.api.model import Model, Page
from harbortui.shown import Heading
from harbortui.widgets.rows import KEPT, Listed, Pages

SIZE = 10


class Item(Model):
    id: int
    word: str = ""


class Server:
    """A collection that can change between two pages; without a count if it does not say one."""

    def __init__(self, count: int = 0, says: bool = True) -> None:
        self.ids = list(range(count))
        self.says = says
        self.asked: list[int] = []
        self.pages = Pages(self.fetch, lambda item: item.id, SIZE)

    async def fetch(self, number: int) -> Page[Item]:
        self.asked.append(number)
        start = (number - 1) * SIZE
        items = [Item(id=one) for one in self.ids[start : start + SIZE]]
        if self.says:
            return Page(items, len(self.ids))
        return Page(items, start + len(items), len(items) >= SIZE)

    def seen(self, first: int, last: int) -> list[int | None]:
        """The ids between two places; None where nothing is here."""
        rows = (self.pages.row(place) for place in range(first, last + 1))
        return [row.id if row else None for row in rows]

    def take(self) -> list[int]:
        """The pages asked for since the last time."""
        asked, self.asked = self.asked, []
        return asked


def test_a_short_list_knows_its_rows() -> None:
    rows = Listed([Heading("A"), Heading("B")], lambda heading: heading.title)
    assert len(rows) == 2
    assert rows.row(1) == Heading("B")
    assert rows.row(2) is None
    assert rows.row(-1) is None
    assert rows.index("B") == 1
    assert rows.index("C") is None


async def test_only_pages_in_view_are_fetched() -> None:
    server = Server(10_000)
    await server.pages.load(0, SIZE - 1)
    assert server.take() == [1]
    assert len(server.pages) == 10_000
    await server.pages.load(5000, 5014)
    assert server.take() == [501, 502]
    assert server.seen(5000, 5014) == list(range(5000, 5015))
    assert server.seen(400, 401) == [None, None]
    assert server.pages.index(5003) == 5003
    assert server.pages.index(400) is None
    await server.pages.load(5000, 5014)
    assert server.take() == []


async def test_the_first_load_asks_for_one_page_however_high_the_screen_is() -> None:
    server = Server(1000)
    await server.pages.load(0, 99)
    assert server.take() == [1]
    assert server.pages.missing(0, 99) == list(range(2, 11))


async def test_what_is_in_view_is_refreshed_and_nothing_else() -> None:
    server = Server(100)
    for first in (0, 30, 60):
        await server.pages.load(first, first + 9)
    server.take()
    await server.pages.load(30, 39, again=True)
    assert server.take() == [4]
    assert server.seen(0, 9) == list(range(10))


@pytest.mark.fault("F32")
async def test_another_total_drops_what_is_out_of_view_and_refills_what_is_in_view() -> None:
    server = Server(100)
    for first in (0, 30, 60):
        await server.pages.load(first, first + 9)
    server.ids.insert(0, 1000)
    server.take()
    await server.pages.load(30, 39, again=True)
    assert server.take() == [4]
    assert server.seen(30, 39) == list(range(29, 39))
    assert server.seen(0, 9) == [None] * 10
    assert len(server.pages) == 101


@pytest.mark.fault("F32", "F34")
async def test_a_row_that_turns_up_on_two_pages_drops_the_others() -> None:
    server = Server(100)
    await server.pages.load(0, 9)
    await server.pages.load(10, 19)
    server.ids.remove(3)
    server.ids.append(1000)
    await server.pages.load(0, 9, again=True)
    assert server.seen(0, 9) == server.ids[:10]
    assert server.seen(10, 19) == [None] * 10


@pytest.mark.fault("F32")
async def test_a_change_seen_on_the_second_page_of_the_view_refills_the_first() -> None:
    server = Server(100)
    await server.pages.load(0, 9)
    server.ids.insert(0, 1000)
    await server.pages.load(5, 14)
    assert server.seen(5, 14) == server.ids[5:15]


async def test_a_list_that_has_become_shorter_than_the_place_one_looks_at() -> None:
    server = Server(100)
    await server.pages.load(0, 9)
    await server.pages.load(80, 99)
    del server.ids[15:]
    await server.pages.load(80, 99, again=True)
    assert len(server.pages) == 15
    assert server.seen(80, 84) == [None] * 5
    await server.pages.load(0, 14)
    assert server.seen(0, 15) == [*range(15), None]


@pytest.mark.fault("F31")
async def test_of_however_many_rows_it_is_known_at_once_that_some_are_not_here() -> None:
    async def fetch(number: int) -> Page[Item]:
        return Page([Item(id=one) for one in range(SIZE)], 50_000_000)

    pages = Pages(fetch, lambda item: item.id, SIZE)
    await pages.load(0, SIZE - 1)
    began = time.perf_counter()
    assert not pages.complete
    assert time.perf_counter() - began < 0.05


async def test_an_empty_list_is_whole_after_one_request() -> None:
    server = Server(0)
    await server.pages.load(0, 40)
    assert server.take() == [1]
    assert len(server.pages) == 0
    assert server.pages.whole
    await server.pages.load(0, 40)
    assert server.take() == []


async def test_memory_holds_no_more_than_the_pages_last_seen() -> None:
    server = Server(10_000)
    await server.pages.load(0, 9)
    for first in range(100, 100 + KEPT * SIZE, SIZE):
        await server.pages.load(first, first + 9)
        await server.pages.load(0, 9)
    assert server.asked.count(1) == 1
    assert server.seen(0, 9) == list(range(10))
    assert server.seen(100, 109) == [None] * 10
    assert len(server.pages.items) == KEPT * SIZE
    assert server.pages.index(100) is None


async def test_a_screen_higher_than_what_is_kept_is_still_shown_whole() -> None:
    server = Server(2000)
    await server.pages.load(0, 9)
    await server.pages.load(0, (KEPT + 5) * SIZE - 1)
    assert None not in server.seen(0, (KEPT + 5) * SIZE - 1)


@pytest.mark.fault("F31")
@pytest.mark.parametrize("count", [0, 9, 10, 25, 30])
async def test_a_list_without_a_count_is_read_to_its_short_page(count: int) -> None:
    server = Server(count, says=False)
    await server.pages.load(0, 9)
    for _ in range(5):
        await server.pages.load(0, len(server.pages))
    assert (len(server.pages), server.pages.total, server.pages.bound) == (count, count, False)
    assert server.seen(0, count) == [*range(count), None]
    assert len(server.take()) == count // SIZE + 1


@pytest.mark.fault("F31")
async def test_a_list_without_a_count_shows_that_there_is_more() -> None:
    server = Server(25, says=False)
    await server.pages.load(0, 9)
    assert (server.pages.total, server.pages.bound, len(server.pages)) == (10, True, 11)
    assert not server.pages.whole
    assert server.pages.missing(0, 10) == [2]


async def test_a_list_without_a_count_keeps_its_end_when_its_beginning_is_read_again() -> None:
    server = Server(25, says=False)
    await server.pages.load(0, 9)
    for _ in range(3):
        await server.pages.load(0, len(server.pages))
    await server.pages.load(0, 9, again=True)
    assert len(server.pages) == 25
    assert None not in server.seen(0, 24)
    del server.ids[12:]
    await server.pages.load(10, 19, again=True)
    assert len(server.pages) == 12
    await server.pages.load(0, 11)
    assert server.seen(0, 12) == [*range(10), 10, 11, None]


async def test_unreadable_rows_are_counted_over_all_pages_that_are_here() -> None:
    async def fetch(number: int) -> Page[Item]:
        return Page([Item(id=number)], 40, unreadable=number)

    pages = Pages(fetch, lambda item: item.id, SIZE)
    await pages.load(0, 9)
    await pages.load(0, 19)
    await pages.load(0, 9, again=True)
    assert pages.unreadable == 3
    assert pages.row(0) == Item(id=1)
    assert pages.row(1) is None


async def test_completed_rows_take_the_place_of_those_that_are_here() -> None:
    server = Server(100)
    await server.pages.load(0, 9)
    server.pages.replace([Item(id=3, word="x"), Item(id=77, word="gone")])
    assert server.pages.row(3) == Item(id=3, word="x")
    assert [item.word for item in server.pages.items].count("x") == 1
    await server.pages.load(0, 9, again=True)
    assert server.pages.row(3) == Item(id=3)
