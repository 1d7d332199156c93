"""harbortui doctor as a command: what it cannot begin with, what it prints, how it ends."""

from __future__ import annotations

import io
import json
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from harbortui.demo import DemoHarbor
from harbortui.doctor.arguments import Wanted
from harbortui.doctor.command import main

from .bridge import bridged
from .installed import PROGRAM, environment
from .serving import beside, saying, written
from .test_diagnosis import no_proxy
from .test_doctor import OURS, SECRET, home

__all__ = ["home", "no_proxy"]


def test_mistakes_in_the_configuration_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_text('theme = "nigth"\n')
    (tmp_path / "config.toml").chmod(0o600)
    monkeypatch.setenv("HARBORTUI_CONFIG", str(tmp_path / "config.toml"))
    assert main(Wanted()) == 2
    said = capsys.readouterr().err
    assert "line 1: theme cannot be used: the themes are" in said and "Say where" in said


@pytest.mark.parametrize(
    ("user", "told"),
    [
        ("", "password_command (touch) gave an empty password"),
        ("bob", "Give the password of bob"),
    ],
)
def test_a_password_that_cannot_be_had_is_told_and_is_nobody_elses(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    user: str,
    told: str,
) -> None:
    (tmp_path / "config.toml").write_text(
        '[profiles.prod]\nurl = "http://127.0.0.1:1"\nusername = "admin"\n'
        f'password_command = ["touch", "{tmp_path}/asked"]\n'
    )
    monkeypatch.setenv("HARBORTUI_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    main(Wanted(place="prod", docker_user=user))
    assert told in capsys.readouterr().err
    assert (tmp_path / "asked").exists() is not bool(user)


def run(*words: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, "doctor", *words]
    return subprocess.run(
        command, env=environment(home, **env), capture_output=True, text=True, timeout=60
    )


def test_the_program_tells_and_ends_with_its_code(demo: DemoHarbor, home: Path) -> None:
    with bridged(demo) as port:
        url = f"http://{OURS}:{port}"
        well = run(url, "--username", "admin", home=home, HARBORTUI_PASSWORD=SECRET)
        wrong = run(url, "--username", "admin", "--json", home=home, HARBORTUI_PASSWORD="x9x9x9")
    assert well.returncode == 0, well.stdout + well.stderr
    assert "✓ sign-in" in well.stdout
    assert wrong.returncode == 1
    told = json.loads(wrong.stdout)
    assert told["state"] == "fault"
    assert {"what", "state", "says", "cure"} == set(told["lines"][0])
    assert "x9x9x9" not in wrong.stdout + wrong.stderr


@pytest.mark.parametrize("words", [(), ("--password", "x"), ("--as",), ("nowhere",)])
def test_what_it_cannot_begin_with_is_code_two(words: tuple[str, ...], home: Path) -> None:
    ended = run(*words, home=home)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert ended.stderr.startswith(("harbortui: ", "usage: "))


def test_it_needs_no_textual(home: Path) -> None:
    code = (
        "import sys; from harbortui.doctor import command\n"
        "assert not [one for one in sys.modules if one.split('.')[0] == 'textual']"
    )
    subprocess.run([sys.executable, "-c", code], env=environment(home), check=True, timeout=60)


def test_hostile_words_of_a_server_are_written_out(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = "Location: http://\x1b]0;owned\x07/"
    monkeypatch.chdir(home)
    with beside(saying(written(b"", "302 Found", where))) as port:
        assert main(Wanted(f"http://{OURS}:{port}")) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_a_reader_that_goes_and_ctrl_c_end_it_quietly(home: Path) -> None:
    with socket.socket() as server:
        server.bind((OURS, 0))
        server.listen()
        url = f"http://{OURS}:{server.getsockname()[1]}"
        for gone, code in ((True, -signal.SIGPIPE), (False, 130)):
            running = subprocess.Popen(
                [*PROGRAM, "doctor", url, "--username", "a"],
                env=environment(home, HARBORTUI_PASSWORD="x"),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
            )
            assert running.stdout
            if gone:
                running.stdout.close()
            else:
                assert running.stdout.readline()
                running.send_signal(signal.SIGINT)
            assert running.stderr
            said = running.stderr.read()
            assert (running.wait(20), said) == (code, b"")
            running.stderr.close()
            running.stdout.close()


def test_a_full_disk_is_told_in_a_line(home: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "doctor", f"http://{OURS}:1", "--json"],
            env=environment(home),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == b"harbortui: standard output: No space left on device\n"
