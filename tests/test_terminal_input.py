"""The terminal's side: what is typed and pasted, and what it is asked for."""

import random

import pytest

from .terminal_pty import Pty
from .test_terminal_life import DOWN, TAB


@pytest.mark.fault("F48")
def test_bytes_that_are_no_utf8_are_replaced() -> None:
    with Pty() as child:
        child.press(TAB, "key tab")
        for number, bad in enumerate((b"\xff", b"\xe1", b"\xc3(", b"\xed\xa0\x80", b"\x80" * 9)):
            child.press(bad + f"{number}é".encode(), f"{number}é")
        assert "\ufffd" in child.reported


@pytest.mark.fault("F49")
def test_junk_does_not_end_the_program() -> None:
    dice = random.Random(6)
    finals = "uABCDEFHPQRS~tRcynmMhlIO"
    with Pty() as child:
        child.press(TAB, "key tab")
        for number in range(150):
            parameters = "".join(dice.choices("0123456789;:?<>", k=dice.randrange(14)))
            child.send(f"\x1b[{parameters}{dice.choice(finals)}".encode())
            child.send(bytes(dice.choices(range(256), k=number % 7)).translate(None, b"\x11\x1a"))
        child.send(b"\x1b[1114112u\x1b[97:65u\x1b[48;0;0;0;0t\x1b[?2048;2$y\x1b[<0;1;1M")
        child.settle()
        child.press(b"\x1b[201~\x1b[21;9~\x1bOS", "repainted")


@pytest.mark.fault("F50")
def test_a_paste_without_an_end_does_not_swallow_the_keys_after_it() -> None:
    with Pty() as child:
        child.press(TAB, "key tab")
        child.press(b"\x1b[200~hello\x1b[31m world", "input hello[31m world")
        child.press(b"!", "input hello[31m world!")


@pytest.mark.fault("F49")
def test_a_paste_that_is_too_large_is_refused_in_words() -> None:
    with Pty() as child:
        child.press(TAB, "key tab")
        child.press(b"\x1b[200~" + b"x" * 70_000 + b"\x1b[201~", "Paste refused: 70,000 characters")
        child.press(b"\x1b[200~small\x1b[201~", "input small")


def test_the_terminal_is_asked_for_what_is_needed_and_nothing_else() -> None:
    with Pty() as child:
        child.settle()
        assert b"\x1b[?1002h" in child.raw
        assert b"\x1b[?1006h" in child.raw
        unwanted = (b"\x1b[?1003h", b"\x1b[?1000h", b"\x1b[?2048", b"\x1b[>", b"\x1b]")
        assert [sequence for sequence in unwanted if sequence in child.raw] == []


def test_plain_output_looks_the_same_and_guesses_nothing() -> None:
    with Pty("plain") as plain, Pty("stock") as stock:
        for child in (plain, stock):
            for _ in range(20):
                child.press(DOWN, "key down")
            child.settle()
        assert plain.screen.looks() == stock.screen.looks()
        assert b"\x1b[K" not in plain.raw
        assert b"r\x1b[" not in plain.raw
