"""Marks are kept as items, by key, and outlive reloads."""

from harbortui.clock import Clock
from harbortui.resources.core import Column, Heading, Part
from harbortui.widgets.marking import MarkTable
from harbortui.widgets.rows import Listed

from .standing import Range, drawn, listed, standing, table


async def test_a_list_of_headings_has_no_current_row() -> None:
    shown = table()
    async with standing(shown) as pilot:
        shown.show(listed(Heading("A"), Heading("B")))
        await pilot.press("j", "k", "G", "space")
        assert shown.current is None
        assert shown.marks == {}


async def test_marks_are_kept_by_key_across_reloads_and_missing_rows() -> None:
    shown = table()
    async with standing(shown) as pilot:
        shown.show(listed("a", "b", "c", "d"))
        await pilot.press("space", "j", "space")
        assert list(shown.marks) == ["a", "c"]
        assert shown.current == "d"
        shown.show(listed("d", "c", "x"))
        assert list(shown.marks) == ["a", "c"]
        assert shown.chosen == ["a", "c"]
        assert [one.strip() for one in drawn(shown)[1:4]] == ["▌  row d", "* row c", "row x"]
        await pilot.press("j", "space")
        assert list(shown.marks) == ["a"]
        shown.unmark()
        assert shown.chosen == ["x"]


async def test_a_range_is_marked_from_the_last_mark() -> None:
    shown = table()
    async with standing(shown) as pilot:
        shown.show(listed("a", Heading("H"), "b", "c", "d", "e"))
        await pilot.press("G", "space", "k", "k", "v")
        assert sorted(map(str, shown.marks)) == ["c", "d", "e"]
        shown.unmark()
        await pilot.press("g", "v")
        assert list(shown.marks) == ["a"]
        await pilot.press("j", "j", "v")
        assert list(shown.marks) == ["a", "b", "c"]


async def test_rows_that_are_not_here_yet_are_dots_and_cannot_be_marked() -> None:
    shown = table()
    async with standing(shown, size=(40, 6)) as pilot:
        shown.show(Range(100, away=range(1, 50)))
        assert drawn(shown)[2].strip() == "·"
        await pilot.press("j", "space")
        assert shown.current is None
        assert shown.marks == {}
        assert shown.chosen == []


async def test_signs_stand_in_the_gutter_and_marks_before_them() -> None:
    shown: MarkTable[str] = MarkTable(
        (Column("NAME", str),), str, Clock(), sign=lambda row: Part("✗", "bad")
    )
    async with standing(shown):
        shown.show(Listed(["a", "b"], str))
        shown.mark_all(["b"])
        assert drawn(shown)[1] == "▌✗ a"
        assert drawn(shown)[2] == " * b"
