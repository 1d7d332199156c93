"""What can be done with audit events: look, copy, export, go to their things."""

import csv
import io
import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from harbortui.audit.export import Part
from harbortui.demo import DemoHarbor
from harbortui.screens.verbs import NEEDS_ITEM

from .console import console, lines, until, words
from .test_audit_log import crumbs, current, enter, followed


async def at(pilot: Pilot[int], text: str) -> None:
    """Put the cursor on the event that holds a text."""
    await enter(pilot, "s", text)
    await until(pilot, lambda: text in current(pilot))


def written(folder: Path, form: str) -> list[Path]:
    return list(folder.glob(f"harbortui-audit-log-*.{form}"))


async def test_details_have_everything_and_what_harbor_does_not_record(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await at(pilot, r"\x1b]0;x\x07")
        await pilot.press("d")
        await until(pilot, lambda: "does not record from which address" in words(pilot.app))
        shown = words(pilot.app)
        assert "login failed" in shown and "U+001B" in shown and "2026-11-20T09:40:11.229Z" in shown
        assert "\x1b" not in shown


async def test_a_long_description_goes_on_below_itself(demo: DemoHarbor) -> None:
    async with console(demo, ":logs", size=(80, 24)) as pilot:
        await followed(pilot)
        await at(pilot, "k8s-pull")
        await pilot.press("d")
        await until(pilot, lambda: "From where" in words(pilot.app))
        shown = words(pilot.app)
        sent = next(one for one in demo.audit.stored if f"event {one.id} " in shown)
        assert len(sent.description) > 70
        assert "".join(sent.description.split()) in "".join(shown.split())


async def test_the_json_is_what_harbor_has(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("y")
        await until(pilot, lambda: '"operation_description"' in words(pilot.app))
        assert f'"id": {demo.audit.stored[-1].id}' in words(pilot.app)


async def test_an_event_that_was_purged_has_no_json_any_more(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        demo.audit.stored.clear()
        await pilot.press("y")
        await until(pilot, lambda: "it has been purged" in words(pilot.app))


@pytest.mark.parametrize(
    ("event", "crumb"),
    [
        ("payments/api:v41", "artifacts"),
        ("project partner-globex", "repositories"),
        ("robot robot$payments+deploy", "robots"),
    ],
)
async def test_enter_goes_to_the_thing_if_it_is_there(
    demo: DemoHarbor, event: str, crumb: str
) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await at(pilot, event)
        await pilot.press("enter")
        there = f"{event} is not there any more".removeprefix("payments")
        await until(pilot, lambda: crumb in crumbs(pilot) or there[:20] in words(pilot.app))


async def test_enter_says_when_the_thing_is_gone(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await at(pilot, "repository sandbox/throwaway")
        await pilot.press("enter")
        await until(pilot, lambda: "is not there any more" in words(pilot.app))
        assert "audit log" in crumbs(pilot)


async def test_a_change_of_the_configuration_leads_to_it(demo: DemoHarbor) -> None:
    async with console(demo, ":logs type:configuration") as pilot:
        await until(pilot, lambda: "configuration" in current(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "configuration" in crumbs(pilot).rpartition("›")[2])


@pytest.mark.parametrize("form", ["text", "csv", "jsonl"])
async def test_marked_events_are_copied_together(
    demo: DemoHarbor, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        copied: list[str] = []
        monkeypatch.setattr(pilot.app, "copy_to_clipboard", copied.append)
        await pilot.press("k", "k", "space", "space")
        await until(pilot, lambda: "2 marked" in crumbs(pilot))
        await pilot.press("c", *form, "enter")
        await until(pilot, lambda: copied)
        found = copied[0].splitlines()
        assert len(found) == 2 + (form == "csv")
        if form == "jsonl":
            assert all(json.loads(line)["id"] for line in found)
        await pilot.press("escape")
        await until(pilot, lambda: "marked" not in crumbs(pilot))


async def test_a_narrows_to_what_an_event_has(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await at(pilot, "partner-globex")
        await pilot.press("a", *"type", "enter")
        await until(pilot, lambda: "type:project" in crumbs(pilot))


@pytest.mark.parametrize("form", ["csv", "jsonl"])
async def test_E_writes_what_the_filter_wants(
    demo: DemoHarbor, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with console(demo, ":logs op:login") as pilot:
        await followed(pilot)
        await pilot.press("E", *form, "enter")
        await until(pilot, lambda: "events written to" in words(pilot.app))
    [path] = written(tmp_path, form)
    wanted = [event.id for event in demo.audit.stored if event.operation == "login"]
    content = path.read_text()
    if form == "csv":
        found = [int(row["id"]) for row in csv.DictReader(io.StringIO(content))]
    else:
        found = [json.loads(line)["id"] for line in content.splitlines()]
    assert found == wanted


async def test_an_export_that_was_stopped_is_gone_on_with(
    demo: DemoHarbor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        pages = Part.pages

        async def stopped(self, *rest):
            async for events in pages(self, *rest):
                pilot.app.action_stop()
                yield events

        monkeypatch.setattr(Part, "pages", stopped)
        await pilot.press("E", *"jsonl", "enter")
        await until(pilot, lambda: "stopped: " in words(pilot.app))
        [path] = written(tmp_path, "jsonl")
        assert 0 < len(path.read_text().splitlines()) < len(demo.audit.stored)
        monkeypatch.setattr(Part, "pages", pages)
        await pilot.press("E", "enter")
        await until(pilot, lambda: "events written to" in words(pilot.app))
    ids = [json.loads(line)["id"] for line in path.read_text().splitlines()]
    assert ids == [event.id for event in demo.audit.stored]


async def test_an_export_that_cannot_be_written_says_so(
    demo: DemoHarbor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        folder.rmdir()
        await pilot.press("E", "enter")
        await until(pilot, lambda: "No such file" in words(pilot.app))


async def test_without_an_event_a_key_says_that_there_is_none(demo: DemoHarbor) -> None:
    async with console(demo, ":logs user:nobody") as pilot:
        await until(pilot, lambda: "No events fit" in words(pilot.app))
        await pilot.press("d")
        await until(pilot, lambda: NEEDS_ITEM in words(pilot.app))


async def test_enter_says_when_harbor_does_not_answer(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await at(pilot, "project partner-globex")
        demo.down = True
        await pilot.press("enter")
        await until(pilot, lambda: "✗" in lines(pilot.app)[-2] and "audit log" in crumbs(pilot))
