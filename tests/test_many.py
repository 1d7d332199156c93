import asyncio

import pytest

from harbortui.api.errors import NotFound
from harbortui.api.identity import Me
from harbortui.api.many import all_pages, several
from harbortui.api.model import Page, Query


async def test_several_keeps_the_order_and_runs_no_more_than_four():
    running, most = 0, 0

    async def run(number):
        nonlocal running, most
        running += 1
        most = max(most, running)
        for _ in range(10 - number % 10):
            await asyncio.sleep(0)
        running -= 1
        return number * 2

    assert await several(range(30), run) == [number * 2 for number in range(30)]
    assert most == 4


async def test_the_first_error_ends_the_others_and_is_raised_as_it_is():
    started = []

    async def run(number):
        started.append(number)
        await asyncio.sleep(0)
        if number == 2:
            raise NotFound("gone") from KeyError(number)
        await asyncio.Event().wait()

    with pytest.raises(NotFound, match=r"^gone$") as raised:
        await several(range(100), run)
    assert isinstance(raised.value.__cause__, KeyError)
    assert started == [0, 1, 2, 3]


async def test_nothing_is_asked_for_nothing():
    assert await several([], asyncio.sleep) == []


@pytest.mark.parametrize(("there", "asked"), [(0, 1), (99, 1), (100, 2), (250, 3)])
async def test_all_pages_are_read_until_one_is_not_full(there, asked):
    pages = []

    async def load(query):
        pages.append(query.page)
        start = (query.page - 1) * query.size
        ids = range(start, min(start + query.size, there))
        return Page([Me(user_id=number) for number in ids], there)

    found = await all_pages(load, Query(size=100))
    assert [one.user_id for one in found] == list(range(there))
    assert pages == list(range(1, asked + 1))


async def test_a_page_with_rows_that_cannot_be_read_is_still_full():
    async def load(query):
        return Page([Me()], 3, unreadable=1 if query.page == 1 else 0)

    assert len(await all_pages(load, Query(size=2))) == 2


async def test_a_collection_without_end_is_read_up_to_a_bound():
    async def load(query):
        return Page([Me()] * query.size, 0)

    assert len(await all_pages(load, Query(size=100), most=500)) == 500
