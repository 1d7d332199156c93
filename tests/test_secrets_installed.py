"""The installed program, told to write down all it can: none of twelve secrets leaves it."""

from __future__ import annotations

import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from harbortui.demo import DemoHarbor

from .bridge import bridged
from .counting import Count
from .installed import QUIT, Installed, environment
from .test_secrets import SECRETS, files, leaked, reports_in

COMMAND = """\
import os, sys
sys.stderr.write("PIN? ")
sys.stderr.flush()
assert sys.stdin.readline() == "1234\\n"
open(os.environ["HOME"] + "/child", "w").write(repr(dict(os.environ)) + repr(sys.argv))
print(open(os.environ["HOME"] + "/../secret").read())
"""
KNOWN = {"ask.py", "child", "python.log", "sitecustomize.py"}
LOGGING = """\
import logging, os
logging.basicConfig(level=0, filename=os.environ["HOME"] + "/python.log")
"""


def talkative(home: Path) -> dict[str, str]:
    """Variables that make Textual and Python write down what goes on."""
    (home / "sitecustomize.py").write_text(LOGGING)
    path = os.pathsep.join(filter(None, (str(home), os.environ.get("PYTHONPATH"))))
    textual = {"TEXTUAL": "debug,devtools", "TEXTUAL_DEBUG": "1", "TEXTUAL_SCREENSHOT": "1"}
    textual["TEXTUAL_LOG"] = f"{home}/textual.log"
    return {**textual, "PYTHONPATH": path, "PYTHONASYNCIODEBUG": "1"}


def paste_all(program: Installed) -> None:
    """Paste each into the masked field of a form."""
    program.go("users", "alice")
    program.send(b"n")
    program.shows("New user")
    program.send(b"\t\t\t\t")
    for one in SECRETS:
        program.send(f"\x1b[200~{one}\x1b[201~".encode())
        program.shows("•" * min(len(one), 40))
        program.send(b"\x15")
        program.until(lambda: "•" not in program.text())


def furnish(home: Path, port: int) -> None:
    """A home whose profile asks for the password, which lies beside it, by a command."""
    config = home / ".config" / "harbortui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(
        f'[profiles.here]\nurl = "http://127.0.0.1:{port}"\nusername = "admin"\n'
        f'password_command = ["python3", "{home}/ask.py"]\n'
    )
    (home / "ask.py").write_text(COMMAND)
    (home.parent / "secret").write_text(SECRETS[0])


def visit(program: Installed, end: str) -> list[bytes]:
    """Sign in, look round and leave; what the terminal, and what others saw of the program."""
    program.shows("PIN?")
    assert program.echoes()  # the terminal is its own while it asks
    program.send(b"1234\n")
    program.shows("NEEDS ATTENTION")
    known = Path(f"/proc/{program.process.pid}")
    argv, limits = (known / "cmdline").read_bytes(), (known / "limits").read_text()
    core = next(line for line in limits.splitlines() if "core file size" in line)
    assert core.split()[4:6] == ["0", "0"]
    if end == "quit":
        paste_all(program)
        program.send(QUIT)
        assert program.exit_code() == 0
    else:
        program.process.send_signal(signal.SIGTERM)
        assert program.exit_code() == 143
    return [program.raw, argv]


@pytest.mark.parametrize("end", ["quit", "SIGTERM"])
def test_the_installed_program_leaves_none(
    end: str, demo: DemoHarbor, tmp_path: Path, count: Count
) -> None:
    """Twelve at once: one signs in, the others are variables that its children must not see."""
    home = tmp_path / "home"
    demo.passwords["admin"] = SECRETS[0]
    others = {f"HARBORTUI_OTHER_{n}": one for n, one in enumerate(SECRETS[1:])}
    with bridged(demo) as port:
        furnish(home, port)
        with Installed("here", env=environment(home, **others, **talkative(home))) as program:
            seen = visit(program, end)
    assert {path.name for path in home.iterdir() if path.is_file()} == KNOWN
    log = (home / "python.log").read_bytes()
    assert b"/c/login" in log
    assert b"sid=" not in log
    assert "HARBORTUI" not in (home / "child").read_text()
    found = [leaked(one, *seen, *files(home)) for one in SECRETS]
    assert [one for one in found if one] == []
    count(
        "secrets × (terminal, argv, files, logs, children) of the installed program",
        5 * len(SECRETS),
    )


BUG = """\
import sys
from harbortui.screens.overview import OverviewScreen
async def load(self):
    password = open("../secret").read()
    raise RuntimeError("a bug that holds " + password)
OverviewScreen.load = load
sys.argv[0] = "harbortui"
from harbortui.cli import main
main()
"""


def test_a_real_crash_is_one_line_a_private_report_and_code_seventy(
    demo: DemoHarbor, tmp_path: Path, count: Count
) -> None:
    secret = SECRETS[0]
    demo.passwords["admin"] = secret
    (tmp_path / "bug.py").write_text(BUG)
    (tmp_path / "secret").write_text(secret)
    program = (sys.executable, f"{tmp_path}/bug.py")
    (tmp_path / "home").mkdir()
    env = environment(tmp_path / "home", HARBORTUI_PASSWORD=secret)
    with bridged(demo) as port:
        address = f"http://127.0.0.1:{port}"
        with Installed(address, "--username", "admin", env=env, program=program) as ended:
            assert ended.exit_code(30) == 70
            assert ended.remains() == []
            after = ended.raw.rpartition(b"\x1b[?1049l")[2].decode()
    (report,) = reports_in(tmp_path / "home")
    assert "harbortui has a bug" in after
    assert "Traceback" not in ended.raw.decode()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    text = report.read_text()
    assert "in load" in text
    assert "a bug that holds **********" in text
    assert leaked(secret, ended.raw, text.encode()) == []
    count("crashes of the installed program", 1)
