import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harbortui.paths import Folder
from harbortui.state import HISTORY, LIMIT, Memory, State, with_filter, with_settings

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SERVER = "https://harbor.example.com"


@pytest.fixture
def folder(tmp_path) -> Folder:
    return Folder(tmp_path / "harbortui")


def night(state: State) -> State:
    return state.model_copy(update={"theme": "night"})


def file(folder: Folder) -> Path:
    path = folder.file("state.json")
    assert path
    path.parent.mkdir(exist_ok=True)
    return path


def test_what_is_remembered_is_there_the_next_time(folder):
    memory = Memory(folder)
    assert (memory.state, memory.notice) == (State(), "")
    assert memory.update(night) == ""
    assert memory.state.theme == "night"
    assert Memory(folder).state == State(theme="night")


def test_the_file_is_for_its_owner_alone(folder):
    Memory(folder).update(night)
    assert stat.S_IMODE(file(folder).stat().st_mode) == 0o600
    assert stat.S_IMODE(file(folder).parent.stat().st_mode) == 0o700


def test_two_programs_do_not_forget_for_each_other(folder):
    first, second = Memory(folder), Memory(folder)
    first.update(night)
    second.update(lambda state: state.model_copy(update={"profile": "prod"}))
    assert Memory(folder).state == State(theme="night", profile="prod")


def test_what_does_not_change_is_not_written(monkeypatch, folder):
    memory = Memory(folder)
    memory.update(night)
    monkeypatch.setattr(os, "fsync", lambda _: pytest.fail("written"))
    assert memory.update(night) == ""


def test_fields_of_a_newer_version_are_kept(folder):
    file(folder).write_text('{"theme": "day", "zoom": 3}')
    Memory(folder).update(night)
    assert json.loads(file(folder).read_text())["zoom"] == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"theme": 1}',
        b'{"filters": {"a": 1}}',
        b"\xff\xfe",
        b"\0",
        b'{"theme": "\\ud800"}',
        b"[" * 100_000,
        b'{"settings": {"x": {"y": {"value": []}}}}',
    ],
    ids=range(11),
)
def test_a_broken_file_is_moved_aside_and_said(folder, content):
    path = file(folder)
    path.write_bytes(content)
    memory = Memory(folder)
    assert memory.state == State()
    assert memory.notice == (f"What was remembered cannot be read; it is in {path}.broken now.")
    assert path.with_name("state.json.broken").read_bytes() == content
    assert memory.update(night) == ""
    assert Memory(folder).state.theme == "night"


@pytest.mark.fault("F57")
def test_without_a_home_it_works_and_says_so_once():
    memory = Memory(Folder(None, "there is no home folder; set HOME"))
    assert memory.notice == "Nothing will be remembered: there is no home folder; set HOME."
    assert memory.update(night) == ""
    assert memory.state.theme == "night"


@pytest.mark.fault("F58")
def test_a_full_disk_is_said_once_and_what_was_there_stays(monkeypatch, folder):
    memory = Memory(folder)
    memory.update(night)
    before = file(folder).read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    def prod(state: State) -> State:
        return state.model_copy(update={"profile": "prod"})

    assert memory.update(prod) == "Nothing will be remembered: No space left on device."
    assert memory.update(lambda state: with_filter(state, "projects", "x")) == ""
    assert memory.state == State(theme="night", profile="prod", filters={"projects": ("x",)})
    assert file(folder).read_bytes() == before
    monkeypatch.undo()


def strange(path: Path, kind: str) -> None:
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "large":
        path.write_bytes(b" " * (LIMIT + 1))
    elif kind == "file instead of the folder":
        path.parent.rmdir()
        path.parent.write_text("")


@pytest.mark.fault("F58")
@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "large", "file instead of the folder"])
def test_what_is_no_file_of_ours_is_left_alone_and_said_once(folder, kind):
    strange(file(folder), kind)
    memory = Memory(folder)
    assert memory.notice.startswith("Nothing will be remembered: ")
    assert memory.update(night) == ""
    assert memory.state.theme == "night"


def test_the_newest_filter_comes_first_and_the_history_ends():
    state = State()
    for number in range(HISTORY + 10):
        state = with_filter(state, "projects", str(number))
    state = with_filter(state, "projects", "20")
    state = with_filter(state, "users", "half \ud800")
    assert state.filters["projects"][:3] == ("20", "59", "58")
    assert len(state.filters["projects"]) == HISTORY
    assert state.filters["users"] == ("half ?",)


def test_a_setting_keeps_when_another_value_was_last_seen(folder):
    later, last = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
    memory = Memory(folder)
    for moment, registration in ((NOON, True), (later, True), (last, False)):
        values = {"self_registration": registration, "quota": 5}
        memory.update(lambda state, v=values, m=moment: with_settings(state, SERVER, v, m))
    seen = Memory(folder).state.settings[SERVER]
    registration = seen["self_registration"]
    assert (registration.value, registration.since, registration.at) == (False, last, last)
    assert (registration.before, registration.until) == (True, later)
    assert (seen["quota"].since, seen["quota"].at, seen["quota"].until) == (NOON, last, None)


def test_what_was_seen_a_moment_ago_is_not_written_anew_unless_it_has_changed():
    first = with_settings(State(), SERVER, {"x": 1}, NOON)
    soon, later = NOON + timedelta(minutes=4), NOON + timedelta(minutes=5)
    assert with_settings(first, SERVER, {"x": 1}, soon) is first
    assert with_settings(first, SERVER, {"x": 1}, later).settings[SERVER]["x"].at == later
    changed = with_settings(first, SERVER, {"x": 2}, soon).settings[SERVER]["x"]
    assert (changed.before, changed.until, changed.since) == (1, NOON, soon)
    assert "y" in with_settings(first, SERVER, {"x": 1, "y": 1}, soon).settings[SERVER]


def test_one_is_not_true():
    state = with_settings(State(), SERVER, {"x": True}, NOON)
    state = with_settings(state, SERVER, {"x": 1}, NOON + timedelta(1))
    assert state.settings[SERVER]["x"].before is True


def test_secrets_and_shapeless_values_are_not_remembered():
    values = {
        "ldap_search_password": "hunter2",
        "oidc_client_secret": "hunter2",
        "Some_Token": "hunter2",
        "token_expiration": 30,
        "scan_all_policy": {"a": "hunter2"},
        "banner_message": "x" * 5000,
    }
    state = with_settings(State(), SERVER, values, NOON)
    assert set(state.settings[SERVER]) == {"token_expiration", "banner_message"}
    assert "hunter2" not in state.model_dump_json()
    assert len(str(state.settings[SERVER]["banner_message"].value)) == 1000


def test_the_servers_seen_last_are_kept():
    state = State()
    for hour, number in enumerate((*range(50), 0, 50, 51)):
        moment = NOON + timedelta(hours=hour)
        state = with_settings(state, str(number), {"x": number}, moment)
    assert len(state.settings) == 50
    assert {"1", "2"} & set(state.settings) == set()
    assert {"0", "3", "50", "51"} <= set(state.settings)
