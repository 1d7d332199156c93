"""What the walk through tmux compares, and that it leaves out no kind of thing."""

from .tmux_walk import cells, routes


def test_every_kind_is_walked_to() -> None:
    assert routes.missing() == []


def test_panes_that_look_the_same_are_the_same() -> None:
    one = ["\x1b[1m\x1b[31mred\x1b[0m  ", "\x1b[38;2;1;2;3mx", "y \x1b[32m \x1b[39m"]
    two = ["\x1b[0;1;31mred\x1b[m", "\x1b[38:2:1:2:3mx", "y"]
    assert cells.different(one, two) == []
    assert cells.plain(one) == ["red", "x", "y"]


def test_what_can_be_seen_to_differ_is_told() -> None:
    found = cells.different(["ab", "\x1b[44m \x1b[m"], ["aB", "\x1b[4;44m \x1b[m"])
    assert found == [
        "line 1 column 2: 'b'  on is 'B'  on",
        "line 2 column 1: ' '  on 44 is ' '  on 44 4",
    ]
    assert cells.different(["\x1b[31m", "a"], ["", "a"]), "a pen goes on in the next line"
