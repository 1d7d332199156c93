"""`harbortui logs` as a program: its output, its exit codes, its manners."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from harbortui.audit.formats import FORMATS
from harbortui.audit.words import KEYS
from harbortui.logs import arguments
from harbortui.logs.arguments import Asked, parse

PROGRAM = [sys.executable, "-m", "harbortui", "logs"]
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("HARBORTUI_")}


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Nothing is known there: no profile, no password."""
    folders = {"HOME": "", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state"}
    return PLAIN | {name: str(tmp_path / folder) for name, folder in folders.items()}


def logs(*words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *words], capture_output=True, stdin=subprocess.DEVNULL, env=env, timeout=60
    )


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], Asked()),
        (["op:delete", "--since", "7d"], Asked("op:delete since:7d")),
        (["user:a b"], Asked('user:"a b"')),
        (["user:alice op:delete"], Asked("user:alice op:delete")),
        (["two words"], Asked('"two words"')),
        (['res:"x y"', "word"], Asked('res:"x y" word')),
        (["-type:robot", "op:delete"], Asked("op:delete -type:robot")),
        (["-project:x"], Asked("-project:x")),
        (["--", "-nginx"], Asked("-nginx")),
        (["-f", "ok:no"], Asked("ok:no", follow=True)),
        (["-o", "x.csv"], Asked(output="x.csv", format="csv")),
        (["-o", "x.ndjson"], Asked(output="x.ndjson", format="jsonl")),
        (["--format", "jsonl", "-o", "x"], Asked(output="x", format="jsonl")),
        (["--demo", "--until=1h"], Asked("until:1h", demo="small")),
        (["--profile", "prod", "--username", "x"], Asked(profile="prod", username="x")),
    ],
)
def test_the_command_line_is_understood(words: list[str], asked: Asked) -> None:
    assert parse(words) == asked


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--password", "x"], "there is no --password"),
        (["--format", "xml"], "invalid choice"),
        (["-f", "--until", "1h"], "--until does not go with it"),
        (["--nosuch"], "there is no --nosuch"),
    ],
)
def test_a_wrong_command_line_is_refused(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(words)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert says in said and "harbortui logs --help shows" in said


def test_text_csv_and_json_lines_have_the_same_events() -> None:
    text, table, lines = (
        logs("--demo", "op:login", "--until", "1d", "--format", form)
        for form in ("text", "csv", "jsonl")
    )
    assert (text.returncode, table.returncode, lines.returncode) == (0, 0, 0)
    assert text.stderr == b"", "progress is for people"
    rows = [json.loads(line) for line in lines.stdout.splitlines()]
    assert len(rows) > 10 and all(row["operation"] == "login" for row in rows)
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    found = list(csv.DictReader(io.StringIO(table.stdout.decode(), newline="")))
    assert [row["id"] for row in found] == [str(row["id"]) for row in rows]
    assert len(text.stdout.splitlines()) == len(rows)


def test_output_is_safe_for_a_terminal() -> None:
    done = logs("--demo", "op:login", "ok:no", "--since", "1d")
    assert rb"\x1b]0;x\x07" in done.stdout
    assert b"\x1b" not in done.stdout


def test_mistakes_are_marked_below_the_filter() -> None:
    done = logs("--demo", "alice", "op:dleete")
    assert done.returncode == 2 and done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert "there is no operation “dleete”" in lines[0]
    assert lines[2].index("^") == lines[1].index("op:dleete")


@pytest.mark.parametrize("form", ["text", "csv", "jsonl"])
def test_a_reader_that_goes_ends_it_quietly(form: str) -> None:
    read, write = os.pipe()
    running = subprocess.Popen(
        [*PROGRAM, "--demo", "-f", "--format", form, "--since", "2d"],
        stdout=write,
        stderr=subprocess.PIPE,
    )
    os.close(write)
    os.read(read, 10)
    os.close(read)
    _, said = running.communicate(timeout=60)
    assert running.returncode == -signal.SIGPIPE
    assert said == b""


def test_ctrl_c_ends_it_without_a_trace() -> None:
    # A shell without job control has what it runs in the background ignore it.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    running = subprocess.Popen(
        [*PROGRAM, "--demo", "-f"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heard,
    )
    assert running.stdout and running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (130, b"")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_file_that_was_cut_short_is_gone_on_with(tmp_path: Path, form: str) -> None:
    whole, cut = tmp_path / f"whole.{form}", tmp_path / f"cut.{form}"
    words = ("--demo", "--until", "2d", "-user:k8s-pull")
    assert logs(*words, "-o", str(whole)).returncode == 0
    content = whole.read_bytes()
    assert len(content) > 10_000 and whole.stat().st_mode & 0o077 == 0
    cut.write_bytes(content[: len(content) // 2])
    assert logs(*words, "-o", str(cut)).returncode == 0
    # The demo's past is as far back as its start, so that times differ between two runs.
    plain = [line.split(b",")[0] for line in content.splitlines()]
    assert [line.split(b",")[0] for line in cut.read_bytes().splitlines()] == plain


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    diary = tmp_path / "diary.csv"
    diary.write_text("dear diary\n")
    done = logs("--demo", "-o", str(diary))
    assert done.returncode == 2 and b"no csv export" in done.stderr
    assert diary.read_text() == "dear diary\n"


def test_without_a_place_or_a_password_it_says_what_is_missing(home: dict[str, str]) -> None:
    done = logs(env=home)
    assert done.returncode == 2 and b"Say where" in done.stderr
    done = logs("--url", "http://127.0.0.1:9", "--username", "x", env=home)
    assert done.returncode == 2 and b"HARBORTUI_PASSWORD" in done.stderr


def test_a_harbor_that_does_not_answer_is_a_failure(home: dict[str, str]) -> None:
    secret = {"HARBORTUI_PASSWORD": "x"}
    done = logs("--url", "http://127.0.0.1:9", "--username", "x", env=home | secret)
    assert done.returncode == 1
    assert done.stderr.startswith(b"harbortui: ") and b"Traceback" not in done.stderr


def test_who_is_no_administrator_gets_the_log_of_his_projects() -> None:
    done = logs("--demo=user", "--until", "1h")
    assert done.returncode == 0
    assert b"payments" in done.stdout and b"harbor-jobservice" in done.stdout
    refused = logs("--demo=user", "project:mobile-api")
    assert refused.returncode == 1 and refused.stdout == b""


def test_the_command_line_knows_the_words_of_the_engine() -> None:
    assert arguments.KEYS == KEYS
    assert list(arguments.FORMATS) == list(FORMATS)
