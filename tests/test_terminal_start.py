"""Can there be a screen, and what may be on it."""

import fcntl
import locale
import os
import pty
import struct
import subprocess
import sys
import termios

import pytest

from harbortui.terminal import start

SIZE = """
import os, shutil, sys
from harbortui.terminal import start
start.prepare()
print(shutil.get_terminal_size((1, 1)), os.environ["TEXTUAL_FPS"], start.refusal(), sep="|", end="")
"""


class Stream:
    """A standard stream that is a terminal, or not."""

    def __init__(self, terminal: bool, closed: bool = False) -> None:
        self.terminal, self.closed = terminal, closed

    def isatty(self) -> bool:
        return self.terminal


def refusal(monkeypatch: pytest.MonkeyPatch, keys: Stream | None, screen: Stream | None) -> str:
    monkeypatch.setattr(sys, "__stdin__", keys)
    monkeypatch.setattr(sys, "__stderr__", screen)
    return start.refusal({"TERM": "xterm-256color"})


def test_a_terminal_on_both_sides_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch, Stream(True), Stream(True)) == ""
    assert start.refusal({}) == ""


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(None, marks=pytest.mark.fault("F52")),
        pytest.param(Stream(False), marks=pytest.mark.fault("F51")),
        pytest.param(Stream(True, closed=True), marks=pytest.mark.fault("F52")),
    ],
)
def test_keys_that_come_from_elsewhere_are_refused(
    monkeypatch: pytest.MonkeyPatch, keys: Stream | None
) -> None:
    assert "Standard input is not a terminal" in refusal(monkeypatch, keys, Stream(True))


@pytest.mark.fault("F51")
def test_a_screen_that_goes_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "harbortui logs" in refusal(monkeypatch, Stream(True), Stream(False))


@pytest.mark.fault("F53")
def test_a_dumb_terminal_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal(monkeypatch, Stream(True), Stream(True))
    assert "TERM=dumb" in start.refusal({"TERM": "dumb"})


@pytest.mark.fault("F55")
@pytest.mark.parametrize(
    ("environ", "codeset", "ascii_only"),
    [
        ({"LANG": "de_DE.UTF-8"}, "ANSI_X3.4-1968", False),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, "ANSI_X3.4-1968", True),
        ({"LC_CTYPE": "C.utf8"}, "ANSI_X3.4-1968", False),
        ({"LANG": "en_US.utf8@euro"}, "ISO-8859-1", False),
        ({"LANG": "de_DE"}, "ISO-8859-1", True),
        ({}, "UTF-8", False),
        ({}, "ANSI_X3.4-1968", True),
    ],
)
def test_a_locale_without_utf8_gets_ascii(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], codeset: str, ascii_only: bool
) -> None:
    monkeypatch.setattr(locale, "nl_langinfo", lambda _: codeset)
    assert start.ascii_only(environ) is ascii_only


def test_what_the_user_has_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_FPS", "30")
    monkeypatch.setenv("ESCDELAY", "")
    monkeypatch.delenv("ESCDELAY")
    start.prepare()
    assert os.environ["TEXTUAL_FPS"] == "30"
    assert os.environ["ESCDELAY"] == "50"


def test_nothing_of_textual_is_imported() -> None:
    code = "import sys, harbortui.terminal.start; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_size_is_that_of_the_terminal_though_standard_output_goes_elsewhere() -> None:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("4H", 33, 77, 0, 0))
    names = set(os.environ) - {"COLUMNS", "LINES", "TEXTUAL_FPS"}
    done = subprocess.run(
        [sys.executable, "-c", SIZE], stdin=slave, stdout=subprocess.PIPE, stderr=slave,
        env={**{name: os.environ[name] for name in names}, "TERM": "xterm"}, check=True, text=True,
    )  # fmt: skip
    os.close(slave)
    os.close(master)
    assert done.stdout == "os.terminal_size(columns=77, lines=33)|120|"


def test_without_a_terminal_there_are_no_keys_from_it() -> None:
    code = "from harbortui.terminal.start import keys_from_terminal; print(keys_from_terminal())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        start_new_session=True,
    )  # fmt: skip
    assert done.stdout == "False\n"


def test_keys_come_from_the_terminal_after_standard_input_was_used_up() -> None:
    master, slave = pty.openpty()
    code = (
        "import fcntl, os, sys, termios; fcntl.ioctl(2, termios.TIOCSCTTY, 0); sys.stdin.read();"
        "from harbortui.terminal.start import keys_from_terminal;"
        "print(keys_from_terminal(), os.isatty(0), os.ttyname(0) == os.ttyname(2))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input="secret", stdout=subprocess.PIPE, stderr=slave,
        text=True, check=True, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    os.close(master)
    assert done.stdout.startswith("True True")
