"""Pages under any sequence of deeds: what is shown is what the server has."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from .test_rows import Server

Deeds = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), st.integers(0, 60)),
        st.tuples(st.just("delete"), st.integers(0, 60)),
        st.tuples(st.just("look"), st.integers(0, 60)),
        st.tuples(st.just("refresh"), st.integers(0, 60)),
    ),
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 60), st.booleans(), Deeds)
def test_what_is_refreshed_is_what_the_server_has(
    count: int, says: bool, deeds: list[tuple[str, int]]
) -> None:
    asyncio.run(_live(Server(count, says), deeds))


async def _live(server: Server, deeds: list[tuple[str, int]]) -> None:
    height, fresh = 13, 1000
    await server.pages.load(0, height)
    for deed, place in deeds:
        if deed == "insert":
            fresh += 1
            server.ids.insert(min(place, len(server.ids)), fresh)
        elif deed == "delete" and server.ids:
            del server.ids[place % len(server.ids)]
        elif deed in {"look", "refresh"}:
            first = min(place, max(0, len(server.pages) - 1))
            await server.pages.load(first, first + height, again=deed == "refresh")
            _judge(server, first, first + height, fresh_only=deed == "refresh")


def _judge(server: Server, first: int, last: int, fresh_only: bool) -> None:
    """Nothing is shown twice; what has just been read is what is there."""
    held = [item.id for item in server.pages.items]
    if fresh_only:
        assert len(held) == len(set(held))
        end = min(last, len(server.ids) - 1, len(server.pages) - 1)
        shown, there = server.seen(first, end), server.ids[first : end + 1]
        if server.says:
            assert shown == there
            assert len(server.pages) == len(server.ids)
        else:
            here = [one for one in shown if one is not None]
            assert here == there[: len(here)]
    for item in server.pages.items:
        place = server.pages.index(item.id)
        assert place is not None
        row = server.pages.row(place)
        assert row is not None
        assert row.id == item.id
