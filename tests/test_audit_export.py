"""Exports: what is read back is what the server has, however often it was interrupted."""

import csv
import io
import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harbortui.api.audit import Event, Source
from harbortui.api.errors import Refused, Unreachable
from harbortui.audit.export import File, Part
from harbortui.audit.filter import Filter
from harbortui.audit.formats import COLUMNS, FORMATS, FORMULAS
from harbortui.audit.language import parse
from harbortui.audit.log import HarborLog
from harbortui.audit.reading import Clocks
from harbortui.audit.wording import line
from harbortui.demo import DemoHarbor

from .audit_model import BASE, ModelLog
from .talking import talk

TEXTS = st.one_of(
    st.text(alphabet="=+-@'\"\r\n\t,a\\ \x1bé", max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
EVENTS = st.lists(
    st.builds(
        Event,
        st.just(0),
        st.integers(0, 10**9).map(lambda ms: BASE + timedelta(milliseconds=ms)),
        *[TEXTS] * 5,
        st.sampled_from([True, False, None]),
    ),
    min_size=1,
    max_size=6,
).map(lambda some: [replace(one, id=7 * n) for n, one in enumerate(some, 1)])
FAST = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_csv(content: bytes) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    return [[cell.removeprefix("'") for cell in row] for row in rows[1:]]


def cells(event: Event) -> list[str]:
    values = [getattr(event, name) for name in COLUMNS]
    values[1] = event.op_time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    values[-1] = {True: "true", False: "false", None: ""}[values[-1]]
    return [str(value) for value in values]


@FAST
@given(EVENTS)
def test_csv_read_back_is_what_was_written(events: list[Event]) -> None:
    form = FORMATS["csv"]
    content = form.head() + form.rows(events)
    assert read_csv(content) == [cells(event) for event in events]
    for row in csv.reader(io.StringIO(content.decode(), newline="")):
        assert not any(cell.startswith(FORMULAS) and cell[0] != "'" for cell in row)


@FAST
@given(EVENTS)
def test_json_lines_read_back_are_what_was_written(events: list[Event]) -> None:
    content = FORMATS["jsonl"].rows(events)
    assert content.isascii()
    for event, row in zip(events, map(json.loads, content.splitlines()), strict=True):
        assert row["id"] == event.id and row["username"] == event.username
        assert ("operation_result" in row) == (event.operation_result is not None)


@FAST
@given(events=EVENTS, form=st.sampled_from(["csv", "jsonl"]), data=st.data())
def test_a_file_cut_at_any_byte_is_gone_on_with(
    tmp_path: Path, events: list[Event], form: str, data: st.DataObject
) -> None:
    path, whole = tmp_path / "out", FORMATS[form].head() + FORMATS[form].rows(events)
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut])
    file = File(path, FORMATS[form])
    file.write([event for event in events if event.id > file.ended.last_id])
    file.close()
    assert path.read_bytes() == whole


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_wherever_a_file_was_cut_only_whole_records_are_kept(tmp_path: Path, form: str) -> None:
    names = ['a"\r\n9,"b', "c\n\r\n"]
    events = [Event(n, BASE, "login", "user", name, name) for n, name in enumerate(names, 1)]
    head = FORMATS[form].head()
    records = [head, *(FORMATS[form].rows([event]) for event in events)]
    ends = [len(b"".join(records[: n + 1])) for n in range(3)]
    whole, path = b"".join(records), tmp_path / "out"
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        file = File(path, FORMATS[form])
        file.close()
        kept = max(end for end in (len(head), *ends) if end <= max(cut, len(head)))
        assert path.read_bytes() == whole[:kept]
        assert file.ended.last_id == sum(end <= cut for end in ends[1:])


@pytest.mark.parametrize("form", ["csv", "jsonl", "text"])
@pytest.mark.parametrize(
    "content", [b"dear diary,\r\n", b'{"a": 1}\n', b"x", b"id,name\r\n1,2\r\n"]
)
def test_a_file_of_another_kind_is_left_alone(tmp_path: Path, form: str, content: bytes) -> None:
    path = tmp_path / "diary"
    path.write_bytes(content)
    with pytest.raises(Refused):
        File(path, FORMATS[form])
    assert path.read_bytes() == content


def test_an_export_is_its_owners_alone(tmp_path: Path) -> None:
    File(tmp_path / "out", FORMATS["csv"]).close()
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


def test_a_pipe_that_is_full_is_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    file = File(tmp_path / "pipe", FORMATS["csv"])
    assert os.get_blocking(file._file.fileno())
    file.close()


def test_text_is_safe_for_a_terminal() -> None:
    hostile = Event(1, BASE, "login", "user", "\x1b]0;x\x07", "%1B%5D0%3Bx%07a+b", "login", False)
    assert line(hostile) == (
        r"2026-11-20T08:00:00.000Z  \x1b]0;x\x07a b       login failed    user \x1b]0;x\x07"
    )
    push = Event(1, BASE, "create", "artifact", "a/b:c", "ci", "", True)
    assert line(push).split() == ["2026-11-20T08:00:00.000Z", "ci", "push", "a/b:c"]


def part_of(log: ModelLog, wanted: Filter | None = None) -> Part:
    clocks = Clocks(log.now, log.moment)
    return Part(log, wanted or Filter(), clocks, everything=wanted is None)


async def collected(part: Part, after: int = 0) -> list[int]:
    return [event.id async for page in part.pages(after) for event in page]


def filled(count: int) -> ModelLog:
    log = ModelLog()
    for number in range(count):
        log.time += 1
        log.draw(username="rare" if number % 500 == 0 else "alice")
    return log


async def test_all_that_is_there_at_the_start_is_written_oldest_first() -> None:
    log = filled(2500)
    part = part_of(log)
    pages = part.pages()
    first = await anext(pages)
    log.draw()
    rest = [event.id async for page in pages for event in page]
    assert [event.id for event in first] + rest == list(range(1, 2501))
    assert (part.progress.rows, part.progress.percent) == (2500, 100)
    assert len(part.reading.window) == 0


async def test_only_what_the_filter_wants_is_written() -> None:
    log = filled(2500)
    rare = parse("user:rare since:2026-11-20T08:10", log.moment()).filter
    assert await collected(part_of(log, rare)) == [1001, 1501, 2001]


async def test_an_export_goes_on_behind_the_last_event_after_an_error() -> None:
    log = filled(1000)
    part, got = part_of(log), []
    log.fails_at = 6
    with pytest.raises(Unreachable):
        async for page in part.pages():
            got += [event.id for event in page]
    assert 0 < len(got) < 1000
    assert got + await collected(part, got[-1]) == list(range(1, 1001))


@pytest.mark.parametrize("form", ["csv", "jsonl"])
async def test_an_export_of_the_demo_is_what_the_demo_has(
    demo: DemoHarbor, tmp_path: Path, form: str
) -> None:
    demo.audit.append("=cmd|' /C calc'!A0", "login", "user", 'a"b\r\n,c', succeeded=False)
    clocks = Clocks(lambda: 0.0, demo.clock)
    part = Part(HarborLog(talk(demo), Source()), Filter(), clocks, everything=True)
    file = File(tmp_path / "out", FORMATS[form])
    async for page in part.pages():
        file.write(page)
    file.close()
    content = (tmp_path / "out").read_bytes()
    rows = [event.row() for event in demo.audit.stored]
    if form == "jsonl":
        assert [json.loads(one) for one in content.splitlines()] == rows
    else:
        found = [dict(zip(COLUMNS, row, strict=True)) for row in read_csv(content)]
        plain = [{key: _plain(value) for key, value in row.items()} for row in rows]
        assert found == plain


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_a_sign_in_is_named_as_it_was_typed_only_when_it_failed() -> None:
    good = Event(1, BASE, "login", "user", "a%20b", "a%20b", "login", True)
    assert "a%20b" in line(good)
    assert "a b" in line(replace(good, operation_result=False))
