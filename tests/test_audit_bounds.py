"""Ten million events: what a reader does costs small requests, none of which is without bounds."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from harbortui.api.audit import Source
from harbortui.audit.language import parse
from harbortui.audit.log import HarborLog
from harbortui.audit.reading import Clocks, Reading
from harbortui.audit.walk import WIDEST
from harbortui.audit.window import LARGEST
from harbortui.demo import DemoHarbor

from .talking import talk

LENGTH = 10_000_000
RANGE = re.compile(r"(id|op_time)=\[([^~\]]*)~([^~\]]*)\]")


@pytest.fixture(scope="module")
def whole() -> DemoHarbor:
    """Generated, so that it is made once only."""
    return DemoHarbor("large")


@pytest.fixture
def huge(whole: DemoHarbor) -> Iterator[DemoHarbor]:
    whole.requests.clear()
    yield whole


def judge(requests: list[str], *, filtered: bool = False) -> int:
    """Every request of the journal is bounded; how many there are."""
    asked = [one for one in requests if "audit" in one]
    for one in asked:
        params = {key: value[0] for key, value in parse_qs(urlsplit(one.split()[1]).query).items()}
        q = unquote(params["q"])
        assert params["page"] == "1"
        assert int(params["page_size"]) <= 100
        found = RANGE.search(q)
        if not found:
            listed = re.match(r"id=\{([\d ]+)\}", q)
            assert listed and len(listed[1].split()) <= 100, q
        elif found[1] == "op_time":
            assert params["page_size"] == "1" and "," not in q
            assert found[2] or found[3], q
        elif found[3]:
            width = int(found[3]) - int(found[2]) + 1
            assert width <= (WIDEST if filtered else 100), q
        else:
            assert int(found[2]) > LENGTH - 10_000, q
    return len(asked)


def reading_of(demo: DemoHarbor, text: str = "", who: str = "admin") -> Reading:
    wanted = parse(text, demo.clock()).filter
    clocks = Clocks(lambda: 0.0, demo.clock)
    log = HarborLog(talk(demo, who), Source(wanted.project))
    return Reading(log, wanted, clocks, everything=who == "admin")


async def test_opening_and_both_ends(huge: DemoHarbor) -> None:
    reading = reading_of(huge)
    await reading.open()
    await reading.older()
    await reading.poll()
    assert reading.window[-1].id == huge.audit.stored[-1].id
    assert judge(huge.requests) <= 5
    await reading.oldest()
    await reading.newer()
    assert reading.window[0].id == 1
    reading.newest()
    await reading.older()
    assert len(reading.window) == 100
    assert judge(huge.requests) <= 10


@pytest.mark.parametrize("days", [0.01, 1, 30, 300, 1000, 5000])
async def test_a_jump_to_any_date(huge: DemoHarbor, days: float) -> None:
    reading = reading_of(huge)
    await reading.open()
    moment = huge.clock() - timedelta(days=days)
    assert await reading.at(moment)
    await reading.newer()
    await reading.older()
    assert judge(huge.requests) <= 16
    before = [event for event in reading.window if event.op_time < moment]
    after = [event for event in reading.window if event.op_time >= moment]
    assert after and (before or reading.walk.at_start)


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("user:mallory op:delete res:attempt-7", 30),
        ("attempt-7", 100),
        ("res:sandbox/tmp-9", 70),
        ("user:nobody", 30),
    ],
)
async def test_a_filter_that_matches_one_in_a_hundred_thousand(
    huge: DemoHarbor, text: str, most: int
) -> None:
    reading = reading_of(huge, text)
    await reading.open()
    while not reading.walk.at_start:
        await reading.older()
    assert judge(huge.requests, filtered=True) <= most
    assert all(reading.wanted.takes(event) for event in reading.window)
    assert (len(reading.window) > 50) == (text != "user:nobody")


@pytest.mark.parametrize("text", ["user:mallory op:delete res:attempt-7", "ok:no", "user:nobody"])
async def test_with_a_filter_from_the_oldest_end_to_the_newest(huge: DemoHarbor, text: str) -> None:
    reading = reading_of(huge, text)
    await reading.open()
    await reading.oldest()
    for _ in range(40):
        await reading.newer()
        await reading.poll()
    assert judge(huge.requests, filtered=True) <= 90
    assert all(reading.wanted.takes(event) for event in reading.window)
    assert reading.walk.at_end or len(reading.window) > 1000
    reading.newest()
    await reading.older()
    assert judge(huge.requests, filtered=True) <= 91


@pytest.mark.parametrize(("text", "who"), [("", "alice"), ("project:payments", "admin")])
async def test_who_sees_a_part_of_it_goes_everywhere(huge: DemoHarbor, text: str, who: str) -> None:
    reading = reading_of(huge, text, who)
    await reading.open()
    await reading.older()
    assert reading.window
    await reading.oldest()
    await reading.newer()
    assert await reading.at(huge.clock() - timedelta(days=300))
    await reading.newer()
    await reading.older()
    reading.newest()
    await reading.poll()
    assert judge(huge.requests, filtered=True) <= 30


async def test_five_hundred_pages_of_scrolling(huge: DemoHarbor) -> None:
    reading = reading_of(huge)
    await reading.open()
    for _ in range(500):
        await reading.older()
    assert judge(huge.requests) <= 505
    assert len(reading.window) == LARGEST
    assert reading.window[0].id == huge.audit.stored[-1].id - 50_000 + 1
    for _ in range(500):
        await reading.newer()
    assert judge(huge.requests) <= 1005
    assert len(reading.window) == LARGEST
    assert reading.walk.at_end and reading.window[-1].id == huge.audit.stored[-1].id
