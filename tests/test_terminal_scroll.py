"""Blocks of rows that moved are found, and only those that pay."""

from harbortui.terminal.grid import Row, parse
from harbortui.terminal.scroll import Shift, find_shift


def screen(*texts: str) -> list[Row]:
    return [parse(text.ljust(30))[0] for text in texts]


LIST = [f"{number} {number * 7919:x} library/nginx" for number in range(12)]


def test_a_list_that_moved_up_or_down_is_found() -> None:
    old, new = screen("head", *LIST[:8]), screen("head", *LIST[2:10])
    assert find_shift(old, new) == Shift(1, 8, 2)
    assert find_shift(new, old) == Shift(1, 8, -2)


def test_a_shift_moves_its_block_and_leaves_blanks() -> None:
    rows = screen("a", "b", "c", "d")
    assert Shift(1, 3, 1).applied(rows) == screen("a", "c", "d", "")
    assert Shift(0, 2, -2).applied(rows) == screen("", "", "a", "d")


def test_rows_that_are_alike_say_nothing() -> None:
    old = screen("1", *["-" * 20] * 8, "2 one", "3 two", "4 three")
    new = screen("0", *["-" * 20] * 6, "5 four", "6 five", "2 one", "3 two", "8 six")
    assert find_shift(old, new) is None


def test_a_shift_that_saves_less_than_it_costs_is_not_made() -> None:
    old = screen(*(f"{letter}{' ' * 12}{letter}{y}" for y, letter in enumerate("abcd")))
    new = screen(*(f"{letter}{' ' * 12}{letter}{y}" for y, letter in enumerate("bcde")))
    assert find_shift(old, new) is None


def test_few_cells_here_and_there_cost_more_than_a_row_that_comes_in() -> None:
    numbers = [f"{n:4} the same {n * 7 % 10}{n * 3 % 10:>9}" for n in range(11)]
    old, new = screen(*numbers[:10]), screen(*numbers[1:])
    assert find_shift(old, new) == Shift(0, 9, 1)


def test_few_rows_and_narrow_changes_are_just_painted() -> None:
    assert find_shift(screen(*LIST[:3]), screen(*LIST[1:4])) is None
    narrow = [screen(*(f"{n % 10}".rjust(30) for n in range(start, start + 9))) for start in (0, 1)]
    assert find_shift(*narrow) is None


def test_what_jumped_far_is_painted() -> None:
    assert find_shift(screen(*LIST[:8]), screen(*LIST[6:], *"abcdef")[:8]) is None
