"""What may reach the terminal, and in which order."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harbortui.terminal.abilities import Abilities
from harbortui.terminal.diff import Painter
from harbortui.terminal.door import Door
from harbortui.terminal.headless import Recorder

SENT = re.compile(r"\x1b\[[\d;]*[mHCDKMLXJr]|\r\n|\r|[^\x00-\x1f\x7f-\x9f\u202a-\u202e]")
HOSTILE = [
    *["\x1b]0;owned\x07", "\x1b]4;1;#fff\x07", "\x1b]8;;http://evil\x07", "\x1b[20t", "\x1b[5i"],
    *["\x1b[6n", "\x1b[c", "\x1bP+q544e\x1b\\", "\x1bc", "\x1b[2J", "\x1b[3;5r", "\x9b31m"],
    *["\x9d0;t\x9c", "\x1b_Gq=2\x1b\\", "\x1b#8", "\x1b(0", "\x0e", "\x08\x08", "\x7f"],
    *["\u202eabc", "\x1b[?1h", f"\x1b[{'9' * 5000};1H", "\x1b]52;p;ZXZpbA==\x07"],
]


def sent(*writes: str) -> tuple[str, int]:
    """What reaches a terminal of 20 columns and 4 lines, and how much does not."""
    recorder = Recorder()
    recorder.write("\x1b[?1049h", 20, 4)
    recorder.sent.clear()
    for text in writes:
        recorder.write(text, 20, 4)
    return "".join(recorder.sent), recorder.dropped


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_control_string_that_is_not_on_the_list_is_dropped_and_counted(payload: str) -> None:
    assert sent(payload) == ("", 1)


@pytest.mark.parametrize("payload", [*HOSTILE, "\x1b]52;c;ZXZpbA==\x07", "\x1b[?1049l", "\x07"])
def test_a_control_string_inside_a_frame_does_nothing_and_is_counted(payload: str) -> None:
    out, dropped = sent(f"\x1b[1;1H\x1b[31mA{payload}B\x1b[0m\n\x1b[2;1Hnext\x1b[1;1H")
    assert SENT.sub("", out) == ""
    assert "next" in out
    assert dropped > 0


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(
    st.text(
        st.sampled_from(
            "\x1b[]?;0123456789mHhlrJKPX\\_^\x07\x9b\x9d\x90\x00\n\r\t日🚀\u0301\u200d\ufe0f"
        )
        | st.characters(),
        max_size=60,
    )
)
def test_nothing_in_a_frame_becomes_a_control_string(text: str) -> None:
    out, _ = sent(f"\x1b[1;1H\x1b[1m{text}\x1b[0m\x1b[1;1H")
    assert SENT.sub("", out) == ""


def test_what_textual_needs_passes() -> None:
    needed = ["\x1b[?25l", "\x1b[?7l", "\x1b[?2004h", "\x1b[?1006h", "\x1b[?2026$p", "\x07"]
    assert sent(*needed, "\x1b]52;c;aGk=\x07") == ("".join(needed) + "\x1b]52;c;aGk=\x07", 0)


def test_mouse_moves_without_a_button_and_other_extras_are_never_asked_for() -> None:
    unwanted = ["\x1b[?1003h", "\x1b[?1015h", "\x1b[?2048$p", "\x1b[>25u", "\x1b]22;pointer\x07"]
    assert sent(*unwanted, "\x1b[?1000h") == ("\x1b[?1002h", 0)


def test_the_pen_is_lifted_before_anything_that_is_not_a_picture() -> None:
    out, _ = sent("\x1b[1;1H\x1b[44mblue\x1b[0m\x1b[1;5H", "\x07")
    assert out.endswith("\x1b[m\x07")


def test_a_large_picture_is_synchronized_and_a_small_one_needs_no_more_bytes() -> None:
    sync, end = "\x1b[?2026h", "\x1b[?2026l"
    small, _ = sent(sync, "\x1b[1;1Ha\x1b[1;1H", end)
    assert sync not in small
    colours = "".join(f"\x1b[38;5;{n}mx\x1b[0m" for n in range(20))
    large, _ = sent(sync, f"\x1b[1;1H{colours}\n\x1b[2;1H{colours}\x1b[1;1H", end)
    assert large.startswith(sync)
    assert large.endswith(end)


def test_the_latest_frame_wins_and_control_strings_keep_their_order() -> None:
    door, painter = Door(), Painter(Abilities())
    for text in ("\x1b[?1049h", "\x1b[1;1Hfirst\x1b[1;1H", "\x1b[?25l", "\x07", "\x07"):
        door.feed(text, 20, 4)
    for number in range(50):
        door.feed(f"\x1b[1;1Hlast {number}\x1b[1;1H", 20, 4)
        door.feed("\x1b]52;c;" + "QUJD" * number + "\x07", 20, 4)
    out = painter.deliver(door.take())
    assert out.startswith("\x1b[?1049h\x1b[?25l\x07\x1b]52;c;" + "QUJD" * 49 + "\x07")
    assert "first" not in out
    assert out.count("last") == out.count("last 49") == 1
    assert not door.waiting


def test_of_a_mode_that_changes_back_and_forth_the_last_word_counts() -> None:
    door = Door()
    for text in ("\x1b[?25l", "\x1b[?25h", "\x1b[?25l"):
        door.feed(text, 20, 4)
    assert door.take().controls.endswith("\x1b[?25l")


def test_a_terminal_whose_size_changed_and_changed_back_is_painted_afresh() -> None:
    door = Door()
    door.feed("\x1b[?1049h", 20, 4)
    for columns, afresh in ((20, True), (20, False)):
        door.feed("\x1b[1;1Ha\x1b[1;1H", columns, 4)
        assert door.take().afresh is afresh
    door.feed("\x1b[1;1Hb\x1b[1;1H", 19, 4)
    door.feed("\x1b[1;1Hc\x1b[1;1H", 20, 4)
    assert door.take().afresh


def test_nothing_is_painted_after_the_screen_was_left() -> None:
    door, painter = Door(), Painter(Abilities())
    for text in ("\x1b[?1049h", "\x1b[1;1Hgone\x1b[1;1H", "\x1b[?1049l", "\x1b[1;1Htoo\x1b[1;1H"):
        door.feed(text, 20, 4)
    assert painter.deliver(door.take()) == "\x1b[?1049h\x1b[?1049l"
    assert not door.waiting
    door.feed("\x1b[?1049h", 20, 4)
    assert "too" in painter.deliver(door.take())


def test_a_repaint_sets_the_modes_again() -> None:
    recorder = Recorder()
    for text in ("\x1b[?1049h", "\x1b[?25l", "\x1b[?1000h", "\x1b[1;1Ha\x1b[1;1H"):
        recorder.write(text, 20, 4)
    recorder.repaint()
    assert recorder.sent[-1].startswith("\x1b[?1047h\x1b[?25l\x1b[?1002h\x1b[m\x1b[2J")


@pytest.mark.fault("F55")
def test_a_terminal_without_utf8_gets_ascii_of_the_same_width() -> None:
    recorder = Recorder(ascii_only=True)
    recorder.write("\x1b[?1049h", 20, 4)
    recorder.write("\x1b[1;1H╭─日本─╮ │ñ▸✓…│ ━━──\x1b[1;1H", 20, 4)
    assert "+-????-+ |?>v.| ==--" in recorder.sent[-1]
