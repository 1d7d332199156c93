import os
import pty
import subprocess
import sys
import termios
from time import perf_counter

import pytest

from harbortui.programs import OUTPUT, ProgramError, clean, run

ENVIRON = {"PATH": os.environ["PATH"], "HARBORTUI_PASSWORD": "hunter2", "HARBORTUI_URL": "x"}


def shell(script: str, seconds: float = 5.0, **ways):
    return run(["/bin/sh", "-c", script], ENVIRON, seconds, **ways)


def test_output_and_exit_code_come_back():
    ended = shell("printf hello; exit 3")
    assert (ended.code, ended.output) == (3, b"hello")


def test_what_a_program_is_told_it_can_read():
    assert shell("cat", told=b"harbor:443").output == b"harbor:443"


def test_a_program_that_does_not_listen_is_no_error():
    assert shell("exec <&-; echo ok", told=b"x" * 4096).output == b"ok\n"


def test_without_a_word_to_it_standard_input_is_empty():
    assert shell("cat; echo end", quiet=True).output == b"end\n"


def test_other_programs_do_not_get_our_secrets():
    assert b"hunter2" not in shell("env").output
    assert clean(ENVIRON) == {"PATH": os.environ["PATH"]}


@pytest.mark.parametrize("script", ["exec sleep 60", "exec >&-; exec sleep 60", "sleep 60 & wait"])
def test_a_program_that_hangs_is_ended(script):
    start = perf_counter()
    with pytest.raises(ProgramError, match=r"did not end within 0\.2 s"):
        shell(script, 0.2)
    assert perf_counter() - start < 5


def test_a_program_that_writes_without_end_is_ended():
    with pytest.raises(ProgramError, match="wrote more than 64 KiB"):
        shell("yes")
    assert len(shell(f"head -c {OUTPUT} /dev/zero").output) == OUTPUT


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["/nonexistent/program"], "cannot be started: No such file"),
        (["/"], "cannot be started: Permission denied"),
        (["a\0b"], "its name has a NUL"),
    ],
)
def test_a_program_that_is_not_there_says_so(argv, says):
    with pytest.raises(ProgramError, match=says):
        run(argv, ENVIRON, 1)


def test_what_a_program_wrote_is_not_in_its_picture():
    assert repr(shell("echo hunter2")) == "Ended(0, 8 bytes)"


ASKS = """
import os, sys
from harbortui.programs import ProgramError, run
try:
    run(["/bin/sh", "-c", "stty -echo; exec sleep 60"], os.environ, 0.3)
except ProgramError as error:
    sys.exit(str(error))
"""


def test_a_program_that_is_ended_while_it_asks_leaves_the_terminal_as_it_was():
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    child = subprocess.run(
        [sys.executable, "-c", ASKS], stdin=theirs, capture_output=True, text=True
    )
    after = termios.tcgetattr(theirs)
    os.close(ours)
    os.close(theirs)
    assert "did not end" in child.stderr
    assert before[3] & termios.ECHO
    assert after == before
