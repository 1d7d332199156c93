"""A table is a view over rows: cursor and marks by key, only what changes is drawn."""

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from harbortui.clock import Clock
from harbortui.resources.core import Column, Heading
from harbortui.widgets.marking import MarkTable
from harbortui.widgets.table import Table

from .standing import Counted, Range, drawn, line, listed, standing, table


def cursor(shown: Table[object]) -> str:
    """The line that the cursor stands on."""
    found = [one for one in drawn(shown) if one.startswith("▌")]
    assert len(found) == 1
    return found[0].removeprefix("▌").strip()


async def test_the_cursor_stays_on_its_row_and_its_line_when_rows_come_in_above() -> None:
    shown = table()
    async with standing(shown, size=(40, 11)) as pilot:
        shown.show(listed(*range(100, 200)))
        await pilot.press(*"jjjj")
        assert cursor(shown) == "row 104"
        at = [n for n, one in enumerate(drawn(shown)) if one.startswith("▌")]
        shown.show(listed(*range(90, 200)))
        assert cursor(shown) == "row 104"
        assert [n for n, one in enumerate(drawn(shown)) if one.startswith("▌")] == at
        assert shown.top == 10


async def test_the_cursor_takes_the_next_row_when_its_own_is_gone() -> None:
    shown = table()
    async with standing(shown) as pilot:
        shown.show(listed("a", "b", "c"))
        await pilot.press("j")
        shown.show(listed("a", "c"))
        assert shown.current == "c"
        shown.show(listed("a"))
        assert shown.current == "a"
        shown.show(listed())
        assert shown.current is None
        await pilot.press("j", "G", "k", "space", "pagedown", "v")
        assert shown.marks == {}
        shown.show(listed("x"))
        assert shown.current == "x"


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ("j", 1),
        ("down", 1),
        ("j j k", 1),
        ("k", 0),
        ("G", 99),
        ("end", 99),
        ("G g", 0),
        ("G home", 0),
        ("pagedown", 10),
        ("ctrl+f ctrl+f", 20),
        ("ctrl+f ctrl+b", 0),
        ("ctrl+d", 5),
        ("ctrl+d ctrl+u", 0),
        ("G pagedown", 99),
        ("pageup", 0),
    ],
)
async def test_keys_move_as_in_vi_and_as_in_less(keys: str, row: int) -> None:
    shown = table()
    async with standing(shown, size=(40, 11)) as pilot:
        shown.show(listed(*range(100)))
        await pilot.press(*keys.split())
        assert shown.current == row
        assert cursor(shown) == f"row {row}"


async def test_headings_are_skipped_and_stay_above_their_first_row() -> None:
    shown = table()
    rows = listed(Heading("A"), "a1", "a2", Heading(""), Heading("B"), "b1", *range(20))
    async with standing(shown, size=(40, 6)) as pilot:
        shown.show(rows)
        assert shown.current == "a1"
        assert [one.strip() for one in drawn(shown)[1:3]] == ["A", "▌  row a1"]
        await pilot.press("j", "j")
        assert shown.current == "b1"
        await pilot.press("k")
        assert shown.current == "a2"
        await pilot.press("G", "g")
        assert shown.current == "a1"
        assert line(shown, 1).strip() == "A"
        await pilot.press("k")
        assert shown.current == "a1"


async def test_an_empty_list_says_why() -> None:
    shown = table()
    async with standing(shown) as pilot:
        shown.empty = "No labels yet. \x1b[2J"
        shown.show(listed())
        await pilot.pause()
        assert "No labels yet. \\x1b[2J" in "\n".join(drawn(shown))


async def test_moving_the_cursor_draws_two_lines() -> None:
    counted = Counted()
    shown = table(counted)
    async with standing(shown, size=(40, 21)) as pilot:
        shown.show(listed(*range(1000)))
        await pilot.press("j")
        await pilot.pause()
        counted.since()
        await pilot.press("j")
        await pilot.pause()
        assert sorted(counted.since()) == [1, 2]


async def test_scrolling_by_a_line_draws_the_new_line_and_the_cursors() -> None:
    counted = Counted()
    shown = table(counted)
    async with standing(shown, size=(40, 21)) as pilot:
        shown.show(listed(*range(1000)))
        await pilot.press("ctrl+f")
        await pilot.pause()
        counted.since()
        await pilot.press("j")
        await pilot.pause()
        assert sorted(set(counted.since())) == [20, 21]


async def work(count: int) -> list[int]:
    """How many cells are made for a walk through that many rows."""
    counted = Counted()
    shown = table(counted)
    costs = []
    async with standing(shown, size=(40, 21)) as pilot:
        shown.show(Range(count))
        for keys in ("j", "ctrl+f", "G", "k", "g", "space"):
            await pilot.pause()
            counted.since()
            await pilot.press(keys)
            await pilot.pause()
            costs.append(len(counted.since()))
        shown.show(Range(count))
        await pilot.pause()
        costs.append(len(counted.since()))
    return costs


async def test_ten_million_rows_cost_what_a_thousand_cost() -> None:
    few, many = await work(1_000), await work(10_000_000)
    assert few == many
    assert max(many[:-1]) <= 40


async def test_a_click_moves_the_cursor_and_a_second_one_chooses() -> None:
    chosen: list[object] = []

    class Watched(Table[object]):
        def on_table_chosen(self, event: Table.Chosen) -> None:
            chosen.append(event.table.current)

    shown = Watched((Column("NAME", str),), lambda row: row, Clock())
    async with standing(shown) as pilot:
        shown.show(listed("a", "b", "c"))
        await pilot.click(shown, offset=(5, 3))
        assert shown.current == "c"
        assert chosen == []
        await pilot.click(shown, offset=(5, 3), times=2)
        assert chosen == ["c"]
        await pilot.click(shown, offset=(5, 0))
        await pilot.click(shown, offset=(5, 9))
        assert shown.current == "c"


async def test_the_wheel_moves_three_rows() -> None:
    shown = table()
    async with standing(shown) as pilot:
        shown.show(listed(*range(100)))
        for kind, row in ((MouseScrollDown, 3), (MouseScrollUp, 0)):
            shown.post_message(kind(shown, 1, 1, 0, 1, 0, False, False, False))
            await pilot.pause()
            assert shown.current == row


async def test_server_text_is_made_safe_in_cells_and_headings() -> None:
    shown: MarkTable[object] = MarkTable((Column("NAME", str),), lambda row: row, Clock())
    async with standing(shown):
        shown.show(listed(Heading("\x1b[31mgroup"), "\x1b]52;c;x\x07", "a\nb\u202e"))
        text = "\n".join(drawn(shown))
        assert "\x1b" not in text
        assert "\\x1b]52;c;x\\x07" in text
        assert "\\x1b[31mgroup" in text
        assert "a\\x0ab\\u202e" in text


async def test_a_table_without_a_head_begins_with_its_rows() -> None:
    shown = table(head=False)
    async with standing(shown):
        shown.show(listed("a"))
        assert line(shown, 0) == "▌  row a"
        assert shown.room == 20


async def test_the_sorted_column_has_an_arrow() -> None:
    columns = (Column("NAME", str, sort="name"), Column("AGE", str, sort="age"))
    shown: MarkTable[object] = MarkTable(columns, lambda row: row, Clock())
    async with standing(shown):
        shown.sorted_by = "AGE"
        shown.show(listed("a"))
        assert line(shown, 0).split() == ["NAME", "AGE", "↑"]
        shown.reverse = True
        assert line(shown, 0).split() == ["NAME", "AGE", "↓"]
