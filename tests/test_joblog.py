"""What in a job's log is the cause."""

import json

import pytest

from harbortui.api import joblog

from .recorded import FOLDER

REFUSED = 'Get "http://127.0.0.1:18099/v2/": dial tcp 127.0.0.1:18099: connect: connection refused'
VERDICT = (
    "2026-11-21T06:37:43Z [ERROR] [/harbor/src/transfer.go:201]: got error during the whole "
    "transfer period, mark the job failure"
)


def recorded_log(path: str) -> str:
    rows = json.loads((FOLDER / "replication.json").read_text())
    return next(str(row["answer"]["text"]) for row in rows if row["path"] == path)


def test_the_cause_of_a_recorded_failure_is_its_first_error() -> None:
    log = recorded_log("/replication/executions/251/tasks/766/log")
    assert joblog.cause(log) == 6
    assert joblog.reason(log).startswith("failed to check the existence of the manifest")
    assert joblog.reason(log).endswith(REFUSED)


def test_a_log_without_errors_has_no_cause() -> None:
    log = recorded_log("/replication/executions/156/tasks/419/log")
    assert joblog.cause(log) == -1
    assert joblog.reason(log) == ""


def test_the_verdict_is_no_cause() -> None:
    assert joblog.cause(VERDICT) == -1
    assert joblog.cause(f"{VERDICT}\n2026-11-21T06:37:43Z [ERROR] it broke") == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2026-11-21T06:37:43Z [ERROR] [/harbor/src/a.go:1]: it broke: [x]", "it broke: [x]"),
        ("2026-11-21T06:37:43Z [ERROR] it broke", "it broke"),
        ("it broke", "it broke"),
        ("", ""),
    ],
)
def test_a_line_is_read_without_time_level_and_place(line: str, words: str) -> None:
    assert joblog.message(line) == words
    assert joblog.parted(line)[1] == words


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("2026-11-21T06:37:43Z [INFO] [/harbor/src/a.go:1]: ok", "43Z [INFO] […/a.go:1]: "),
        ("2026-11-21T06:37:43Z [INFO] [main.go:1]: ok", "43Z [INFO] [main.go:1]: "),
        ("2026-11-21T06:37:43Z [INFO] a/b", "43Z [INFO] "),
        ("# a/b", ""),
    ],
)
def test_folders_of_harbors_source_are_left_out(line: str, start: str) -> None:
    assert joblog.parted(line)[0].removeprefix("2026-11-21T06:37:") == start
