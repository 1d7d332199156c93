"""What comes from the terminal reaches Textual whole, except for what would harm."""

import os
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harbortui.terminal.keyboard import ESCAPE, HOLD_S, LARGEST_PASTE, QUIET_S, Keyboard, pump

ANSWER = "\x1b[?62;22c"


class Sieve(Keyboard):
    def __init__(self) -> None:
        self.answers = 0
        self.refusals: list[int] = []
        super().__init__(self.count, self.refusals.append)

    def count(self) -> None:
        self.answers += 1


def passed(*chunks: str | bytes) -> str:
    """What comes out when chunks come in one after another, and then nothing for a while."""
    sieve = Sieve()
    contents = [chunk if isinstance(chunk, bytes) else chunk.encode() for chunk in chunks]
    out = "".join(sieve.feed(content, 0.0) for content in contents)
    return out + sieve.flush(QUIET_S)


KEYS = [
    "a",
    "é日",
    "\x1b[A",
    "\x1bOP",
    "\x1b[1;5C",
    "\x1b[<0;3;4M",
    "\x1b[I",
    "\r",
    "\x1bx",
]


@pytest.mark.parametrize("key", KEYS)
def test_keys_pass_as_they_are_however_they_are_cut(key: str) -> None:
    assert passed(key) == key
    content = key.encode()
    assert passed(*[content[n : n + 1] for n in range(len(content))]) == key


def test_the_escape_key_is_held_only_for_a_moment_and_told_so_that_nobody_waits_again() -> None:
    sieve = Sieve()
    assert sieve.feed(b"\x1b", 5.0) == ""
    assert sieve.due == 5.0 + HOLD_S
    assert sieve.flush(5.0) == ""
    assert sieve.flush(5.0 + HOLD_S) == ESCAPE
    assert sieve.due is None
    assert passed("\x1b\x1b") == "\x1b" + ESCAPE


@pytest.mark.fault("F48")
def test_bytes_that_are_no_utf8_become_replacement_characters() -> None:
    assert passed(b"a\xffb\xe1", b"c") == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("cut", range(1, len(ANSWER)))
def test_answers_to_our_questions_are_counted_and_kept_back(cut: int) -> None:
    sieve = Sieve()
    out = sieve.feed(f"a{ANSWER[:cut]}".encode(), 0.0) + sieve.feed(
        f"{ANSWER[cut:]}b".encode(), 0.0
    )
    assert out == "ab"
    assert sieve.answers == 1


@pytest.mark.fault("F49")
@pytest.mark.parametrize(
    "junk", ["\x1b[1114112u", "\x1b[97:65u", "\x1b[1;2:3A", "\x1b[48;24;80;0;0t", "\x1b[?2048;2$y"]
)
def test_replies_that_textual_does_not_survive_are_dropped(junk: str) -> None:
    assert passed("a", junk, "b") == "ab"


@pytest.mark.parametrize("cut", range(1, 20))
def test_a_paste_comes_in_one_piece_without_control_characters(cut: int) -> None:
    text = "\x1b[200~a\x07b\x1b[A\r\n\tc\x1b[201~d"
    assert passed(text[:cut], text[cut:]) == "\x1b[200~ab[A\r\n\tc\x1b[201~d"


@pytest.mark.fault("F50")
def test_a_paste_that_does_not_end_ends_when_it_falls_silent() -> None:
    sieve = Sieve()
    assert sieve.feed(b"\x1b[200~abc\x1b[20", 1.0) == ""
    assert sieve.due == 1.0 + QUIET_S
    assert sieve.flush(1.0) == ""
    assert sieve.flush(1.0 + QUIET_S) == "\x1b[200~abc[20\x1b[201~"
    assert sieve.feed(b"q", 4.0) == "q"


@pytest.mark.fault("F49")
def test_a_paste_beyond_the_limit_is_refused_and_named() -> None:
    sieve = Sieve()
    sieve.feed(b"\x1b[200~", 0.0)
    for _ in range(LARGEST_PASTE // 1024):
        sieve.feed(b"x" * 1024, 0.0)
    assert sieve.feed(b"y\x1b[201~k", 0.0) == "k"
    assert sieve.refusals == [LARGEST_PASTE + 1]
    assert sieve.feed(b"\x1b[200~small\x1b[201~", 0.0) == "\x1b[200~small\x1b[201~"


def test_an_answer_in_the_middle_of_a_paste_is_no_part_of_it() -> None:
    sieve = Sieve()
    sieve.feed(b"\x1b[200~ab\x1b[?6", 0.0)
    assert sieve.feed(b"2cde\x1b[201~", 0.0) == "\x1b[200~abde\x1b[201~"
    assert sieve.answers == 1


@pytest.mark.fault("F48")
@settings(database=None, derandomize=True, deadline=None)
@given(st.lists(st.binary(max_size=12) | st.sampled_from([b"\x1b[200~", b"\x1b[201~", b"\x1b["])))
def test_whatever_comes_is_utf8_and_every_paste_in_it_ends(chunks: list[bytes]) -> None:
    out = passed(*chunks)
    assert out.encode().decode() == out
    assert out.count("\x1b[200~") <= out.count("\x1b[201~")


def pumped(write: bytes, *, hang_up: bool) -> tuple[bytes, int]:
    """What a pump gets out of a pipe, and how often it says that the other end is gone."""
    (source, sink), (out, into), (stop, stopper) = os.pipe(), os.pipe(), os.pipe()
    gone: list[int] = []
    arguments = (source, into, stop, Sieve(), lambda: gone.append(1))
    thread = Thread(target=pump, args=arguments)
    thread.start()
    os.write(sink, write)
    content = os.read(out, 4096)
    os.close(sink if hang_up else stopper)
    thread.join(5)
    assert not thread.is_alive()
    for descriptor in (source, out, into, stop, stopper if hang_up else sink):
        os.close(descriptor)
    return content, len(gone)


@pytest.mark.fault("F43")
def test_the_pump_stops_when_told_and_notices_a_terminal_that_is_gone() -> None:
    assert pumped(b"a\xff\x1b", hang_up=False) == (b"a\xef\xbf\xbd", 0)
    assert pumped(b"abc", hang_up=True) == (b"abc", 1)
