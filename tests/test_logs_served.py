"""`harbortui logs`, the installed program, against a demo behind a socket."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from harbortui.demo import Clock, DemoHarbor
from harbortui.demo.event import OLD_KINDS, Event
from harbortui.demo.seed_people import password

from .bridge import bridged
from .installed import Installed, environment

PROGRAM = (sys.executable, "-m", "harbortui", "logs")


@dataclass
class Served:
    """A demo whose clock runs, and where it is served."""

    demo: DemoHarbor
    port: int
    home: Path

    def arguments(self, who: str = "admin") -> list[str]:
        return ["--url", f"http://127.0.0.1:{self.port}", "--username", who]

    def env(self, who: str = "admin") -> dict[str, str]:
        secret = self.demo.passwords.get(who) or password(who)
        return environment(self.home, HARBORTUI_PASSWORD=secret)

    def logs(self, *words: str, who: str = "admin") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*PROGRAM, *self.arguments(who), *words],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=self.env(who),
            timeout=60,
        )

    def stored(self, wanted: Callable[[Event], bool] = lambda event: True) -> list[int]:
        """Ids of what the demo has recorded, sign-ins by these tests left out."""
        return [e.id for e in self.demo.audit.stored if e.at < self.began and wanted(e)]

    @property
    def began(self) -> int:
        return int(self.demo.started.timestamp() * 1000)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[DemoHarbor, int]]:
    demo = DemoHarbor(clock=Clock(None))
    with bridged(demo) as port:
        yield demo, port


@pytest.fixture
def served(server: tuple[DemoHarbor, int], tmp_path: Path) -> Iterator[Served]:
    demo, port = server
    yield Served(demo, port, tmp_path)
    demo.version = "2.15.2"
    demo.configuration["skip_audit_log_database"] = False


def ids(done: subprocess.CompletedProcess[bytes]) -> list[int]:
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line)["id"] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["op:push"], lambda e: e.operation == "create" and e.resource_type == "artifact"),
        (["ok:no", "op:login"], lambda e: not e.succeeded and e.operation == "login"),
        (["user:robot*", "type:artifact"],
         lambda e: e.username.startswith("robot") and e.resource_type == "artifact"),
        (["-user:robot*", "op:pull,delete"],
         lambda e: not e.username.startswith("robot") and e.operation in ("pull", "delete")),
        (["user:nobody"], lambda e: False),
    ],
)  # fmt: skip
def test_filters_give_what_fits_and_nothing_else(
    served: Served, words: list[str], wanted: Callable[[Event], bool]
) -> None:
    found = ids(served.logs(*words, "--format", "jsonl"))
    assert [number for number in found if number <= served.stored()[-1]] == served.stored(wanted)


def test_a_span_has_its_ends_by_the_servers_clock(served: Served) -> None:
    served.demo.clock.advance(9000)
    now = served.demo.clock()
    found = ids(served.logs("--since", "5h", "--until", "3h", "--format", "jsonl"))
    served.demo.clock.advance(-9000)
    low, high = ((now - timedelta(hours=hours)).timestamp() * 1000 for hours in (5, 3))
    events = [e for e in served.demo.audit.stored if low <= e.at <= high]
    assert found == [event.id for event in events] and found


def test_every_row_comes_as_the_server_has_it(served: Served) -> None:
    rows = [e.row() for e in served.demo.audit.stored if e.at < served.began]
    table = served.logs("--format", "csv")
    read = list(csv.DictReader(io.StringIO(table.stdout.decode(), newline="")))[: len(rows)]
    plain = [{key: value.removeprefix("'") for key, value in row.items()} for row in read]
    assert plain == [{key: _cell(value) for key, value in row.items()} for row in rows]
    lines = served.logs("--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines][: len(rows)] == rows


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_file_that_was_cut_goes_on_where_it_was(served: Served, form: str) -> None:
    path = served.home / f"out.{form}"
    assert served.logs("-o", str(path)).returncode == 0
    whole = path.read_bytes()
    for cut in (7, len(whole) // 3, len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert served.logs("-o", str(path)).returncode == 0
        assert path.read_bytes().startswith(whole)
    assert path.stat().st_mode & 0o777 == 0o600


def test_harbor_before_2_13_has_the_older_log(served: Served) -> None:
    served.demo.version = "2.12.4"
    rows = [json.loads(one) for one in served.logs("--format", "jsonl").stdout.splitlines()]
    known = served.stored(lambda event: event.kind in OLD_KINDS)
    assert [row["id"] for row in rows][: len(known)] == known
    assert not any("operation_result" in row for row in rows)
    assert ids(served.logs("project:payments", "op:push", "--format", "jsonl"))
    for words, reason in (("ok:no", "whether something worked"), ("op:login", "nothing of this")):
        refused = served.logs(words)
        assert refused.returncode == 2 and reason in refused.stderr.decode()
    paths = {one.split()[1].partition("?")[0] for one in served.demo.requests}
    assert {"/api/v2.0/audit-logs", "/api/v2.0/projects/payments/logs"} <= paths


def test_who_is_no_administrator_sees_his_projects_alone(served: Served) -> None:
    project = served.demo.project("payments")["project_id"]
    found = ids(served.logs("project:payments", "--format", "jsonl", who="alice"))
    assert found == [e.id for e in served.demo.audit.stored if e.project_id == project]
    refused = served.logs("project:payments", who="bob")
    assert refused.returncode == 1 and refused.stdout == b""
    assert b"bob may not read the log of payments: it takes log: list" in refused.stderr


def test_a_robot_needs_a_permission_and_is_told_so(served: Served) -> None:
    assert ids(served.logs("--since", "1d", "--format", "jsonl", who="robot$sys-reader"))
    refused = served.logs("--since", "1d", who="robot$ci-pusher")
    assert refused.returncode == 1 and refused.stdout == b""
    assert b"A robot needs the system's permission audit-log: list." in refused.stderr


def test_why_nothing_comes_is_said(served: Served) -> None:
    served.demo.configuration["skip_audit_log_database"] = True
    done = served.logs("user:nobody")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"Nothing new is recorded here" in done.stderr


@pytest.mark.parametrize("words", [[], ["-f"], ["-f", "--since", "30d"], ["--format", "csv"]])
def test_a_pipe_that_closes_ends_it_quietly(served: Served, words: list[str]) -> None:
    command = [*PROGRAM, *served.arguments(), *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=served.env(), **pipes) as writes:  # type: ignore[call-overload]  # bytes
        head = subprocess.run(["head", "-1"], stdin=writes.stdout, capture_output=True, timeout=60)
        writes.stdout.close()
        assert writes.wait(60) == -signal.SIGPIPE
        assert (writes.stderr.read(), len(head.stdout.splitlines())) == (b"", 1)


def test_progress_is_for_a_terminal_alone(served: Served) -> None:
    out = served.home / "out.csv"
    words = ("logs", *served.arguments(), "-o", str(out))
    with Installed(*words, env=served.env()) as program:
        assert program.exit_code() == 0
        assert b" events, " in program.raw and b" a second" in program.raw
    done = served.logs("--format", "csv")
    assert done.stderr == b""
