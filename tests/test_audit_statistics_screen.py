"""`i` in the audit log: what is counted is said, and every line leads back into the log."""

import pytest

from harbortui.audit.sampling import Sample
from harbortui.demo import DemoHarbor

from .console import console, lines, until, words
from .test_audit_log import crumbs, followed


async def test_what_has_been_loaded_is_counted_without_a_request(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        loaded = len(pilot.app.screen.reading.window)
        await until(pilot, lambda: not pilot.app.screen.searching)
        asked = len(demo.requests)
        await pilot.press("i")
        await until(pilot, lambda: "› statistics" in crumbs(pilot))
        shown = words(pilot.app)
        assert f"{loaded} events  that have been loaded" in shown
        assert "BY USER" in shown and "BY THING" in shown and "█" in shown
        assert len(demo.requests) == asked


async def test_m_measures_the_whole_filter(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("i", "m")
        count = f"{len(demo.audit.stored):,} events  all that the filter wants, counted"
        await until(pilot, lambda: count in words(pilot.app))


async def test_an_estimate_says_that_it_is_one() -> None:
    async with console(DemoHarbor("large"), ":logs", size=(80, 24)) as pilot:
        await followed(pilot)
        await pilot.press("i", "m")
        await until(pilot, lambda: "about 10,000,000 events  estimated from" in words(pilot.app))
        assert next(line for line in lines(pilot.app) if "robot$ci-pusher" in line)


async def test_measuring_stops_and_says_how_far_it_came(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Sample.step

    async def stopped(self: Sample) -> None:
        await step(self)
        pilot.app.action_stop()

    monkeypatch.setattr(Sample, "step", stopped)
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("i", "m")
        await until(pilot, lambda: "in the first 1 of 13 parts of the log" in words(pilot.app))


@pytest.mark.parametrize(("key", "text"), [("enter", "op:login user:"), ("x", "op:login -user:")])
async def test_a_line_leads_back_to_its_events(demo: DemoHarbor, key: str, text: str) -> None:
    async with console(demo, ":logs op:login") as pilot:
        await followed(pilot)
        await pilot.press("i")
        await until(pilot, lambda: "enter: user:" in words(pilot.app))
        await pilot.press(key)
        await until(pilot, lambda: f"{text}" in crumbs(pilot) and "following" in crumbs(pilot))
        assert pilot.app.screen.text.startswith(text)


async def test_what_stands_for_many_values_leads_nowhere(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("i")
        await until(pilot, lambda: "others" in words(pilot.app))
        await pilot.press(*["j"] * 8, "enter")
        await until(pilot, lambda: "no value to narrow the filter by" in words(pilot.app))


async def test_without_events_there_is_nothing_to_count(demo: DemoHarbor) -> None:
    async with console(demo, ":logs user:nobody-at-all") as pilot:
        await until(pilot, lambda: "No events fit this filter" in words(pilot.app))
        await pilot.press("i")
        await until(pilot, lambda: "0 events  all that the filter wants" in words(pilot.app))
        await pilot.press("enter", "m")
        await until(pilot, lambda: "No events have been loaded" in words(pilot.app))


async def test_leaving_ends_the_measuring(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, steps = Sample.step, []

    async def left(self: Sample) -> None:
        await step(self)
        steps.append(self.asked)
        if len(steps) == 2:
            await pilot.app.screen.run_action("back")

    monkeypatch.setattr(Sample, "step", left)
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("i", "m")
        await until(pilot, lambda: len(steps) >= 2 and "statistics" not in crumbs(pilot))
        await followed(pilot)
        assert len(steps) <= 3


async def test_an_outage_while_measuring_is_said_and_what_was_found_stays(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Sample.step

    async def cut(self: Sample) -> None:
        demo.down = self.asked == 3
        await step(self)

    monkeypatch.setattr(Sample, "step", cut)
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("i", "m")
        await until(pilot, lambda: "in the first 4 of 13 parts" in words(pilot.app))
        await until(pilot, lambda: "✗" in lines(pilot.app)[-2])
        demo.down = False


async def test_hostile_names_are_harmless_in_figures_and_filters(demo: DemoHarbor) -> None:
    demo.record("a\x1b]0;x\x07", "pull", "artifact", "b/\x1b[2J:v1", "pull")
    async with console(demo, ':logs user:"a\x1b]0;x\x07"') as pilot:
        await followed(pilot)
        await pilot.press("i")
        await until(pilot, lambda: r"b/\x1b[2J" in words(pilot.app))
        assert "\x1b" not in words(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: "statistics" not in crumbs(pilot) and "a" in crumbs(pilot))
        assert "\x1b" not in pilot.app.screen.text
