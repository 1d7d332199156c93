"""Filtering the audit log on the screen: the line, its mistakes, completion, history, presets."""

import pytest
from textual.pilot import Pilot

from harbortui.demo import DemoHarbor

from .console import console, lines, type_in, until, words
from .test_audit_log import crumbs, current, enter, followed


def rows(pilot: Pilot[int]) -> list[str]:
    """The events on the screen."""
    return [line for line in lines(pilot.app)[4:37] if line[3:5].isdigit()]


def asked(demo: DemoHarbor) -> list[str]:
    return [one for one in demo.requests if "auditlog" in one]


def openings(demo: DemoHarbor) -> int:
    """How often the log was opened anew."""
    return sum("page_size=1&q=op_time" in one and "sort=-id" in one for one in asked(demo))


async def test_a_filter_shows_only_what_fits_and_escape_takes_it_away(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await enter(pilot, "slash", "user:alice op:delete")
        await until(pilot, lambda: "user:alice op:delete" in crumbs(pilot) and rows(pilot))
        assert all("alice" in row and "delete" in row for row in rows(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "user:alice" not in crumbs(pilot) and len(rows(pilot)) > 20)


async def test_a_filter_is_followed_too(demo: DemoHarbor) -> None:
    async with console(demo, ":logs user:alice") as pilot:
        await followed(pilot)
        demo.record("bob", "delete", "project", "of-bob")
        demo.record("alice", "delete", "project", "of-alice")
        await pilot.press("r")
        await until(pilot, lambda: "of-alice" in current(pilot))
        assert "of-bob" not in words(pilot.app)


async def test_what_could_be_typed_next_is_named(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("slash")
        await type_in(pilot, "op:p")
        await until(pilot, lambda: "tab: op:pull  op:push" in words(pilot.app))


async def test_the_words_of_this_harbor_are_learned_when_one_begins_to_type(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harbortui.demo.audit.TYPES", "create_member pull_artifact")
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("slash")
        await type_in(pilot, "type:mem")
        await until(pilot, lambda: "tab: type:member" in words(pilot.app))
        await pilot.press("tab", "enter")
        await until(pilot, lambda: "type:member" in crumbs(pilot))
        assert sum("auditlog-exts/events" in one for one in demo.requests) == 1


async def test_the_last_filter_is_named_where_one_begins_to_type(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await enter(pilot, "at", "7d")
        await pilot.press("at")
        await until(pilot, lambda: "; up: 7d" in words(pilot.app))


async def test_what_a_newer_harbor_records_is_learned_before_it_is_a_mistake(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harbortui.demo.audit.TYPES", "create_member pull_artifact")
    demo.record("alice", "create", "member", "bob")
    async with console(demo, ":logs type:member") as pilot:
        await until(pilot, lambda: "member bob" in current(pilot))


async def test_tab_completes_the_only_candidate_and_offers_several(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("slash", "p", "r", "o", "tab")
        await until(pilot, lambda: pilot.app.screen.line.value == "project:")
        await pilot.press("p", "a", "y", "tab")
        await until(pilot, lambda: pilot.app.screen.line.value == "project:payments ")
        await pilot.press("o", "p", "colon", "p", "tab")
        await until(pilot, lambda: "Complete" in words(pilot.app))
        await pilot.press("p", "u", "s", "h", "enter")
        await until(pilot, lambda: getattr(pilot.app.screen, "line", None))
        assert pilot.app.screen.line.value == "project:payments op:push "
        await pilot.press("enter")
        await until(pilot, lambda: "payments › audit log" in crumbs(pilot) and rows(pilot))
        assert "/projects/payments/auditlog-exts?" in asked(demo)[-1]


async def test_filters_are_brought_back(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        for name in ("alice", "bob"):
            await enter(pilot, "slash", f"user:{name}")
            await until(pilot, lambda name=name: f"user:{name}" in crumbs(pilot))
            await pilot.press("escape")
        await pilot.press("slash", "x", "up", "up")
        assert pilot.app.screen.line.value == "user:alice"
        await pilot.press("down", "down")
        assert pilot.app.screen.line.value == "x"
        await pilot.press("up", "enter")
        await until(pilot, lambda: "user:bob" in crumbs(pilot))


async def test_digits_set_the_span_and_nine_takes_it_away(demo: DemoHarbor) -> None:
    async with console(demo, ":logs user:alice") as pilot:
        await followed(pilot)
        await pilot.press("4")
        await until(pilot, lambda: "user:alice since:1d" in crumbs(pilot))
        await until(pilot, lambda: "the span begins here" in words(pilot.app) or rows(pilot))
        await pilot.press("2")
        await until(pilot, lambda: "user:alice since:1h" in crumbs(pilot))
        await pilot.press("9")
        await until(pilot, lambda: "since" not in crumbs(pilot))


async def test_presets_take_turns_keep_the_span_and_say_what_they_leave_out(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("5", "f")
        await until(pilot, lambda: "op:login,logout since:7d" in crumbs(pilot))
        await until(pilot, lambda: "docker login" in words(pilot.app))
        await pilot.press("f", "f")
        await until(pilot, lambda: "op:delete -res:" in crumbs(pilot) and rows(pilot))
        assert not any("hbscan" in row for row in rows(pilot))
        await pilot.press("f", "f", "f")
        await until(pilot, lambda: "op:" not in crumbs(pilot))


async def test_a_slash_in_a_filter_is_a_slash(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await enter(pilot, "slash", "res:payments/api")
        await until(pilot, lambda: "res:payments/api" in crumbs(pilot) and rows(pilot))
        assert all("payments/api" in row for row in rows(pilot))
        assert pilot.app.screen.text == "res:payments/api"


async def test_a_hostile_name_in_a_filter_is_written_out(demo: DemoHarbor) -> None:
    demo.record("a\x1b]0;x\x07", "login", "user", "a\x1b]0;x\x07", "login", False)
    async with console(demo, ':logs user:"a\x1b]0;x\x07"') as pilot:
        await until(pilot, lambda: r'user:"a\x1b]0;x\x07"' in crumbs(pilot) and current(pilot))
        assert r"a\x1b]0;x\x07" in current(pilot)
        await pilot.press("slash")
        assert "\x1b" not in pilot.app.screen.line.value


async def test_the_trail_of_a_tag_has_the_deletion_of_its_digests(demo: DemoHarbor) -> None:
    digest = f"sha256:{'7' * 64}"
    pushed = f"push artifact: payments/api@{digest}"
    demo.record("ci", "create", "artifact", "payments/api:v99", pushed)
    demo.record("eve", "delete", "artifact", f"payments/api@{digest}")
    async with console(demo, ":logs res:payments/api:v99") as pilot:
        await until(pilot, lambda: "eve" in current(pilot) and len(rows(pilot)) == 2)
        assert "res:payments/api:v99" in crumbs(pilot)


async def test_a_project_that_is_none_is_said(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await pilot.press("colon")
        await type_in(pilot, "logs project:nosuch")
        await pilot.press("enter")
        await until(pilot, lambda: "✗ project nosuch not found" in words(pilot.app))


async def test_a_search_picks_out_hits_and_goes_from_one_to_the_next(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await enter(pilot, "s", "payments/api")
        await until(pilot, lambda: "payments/api" in current(pilot))
        first = current(pilot)
        await pilot.press("n")
        await until(pilot, lambda: current(pilot) != first and "payments/api" in current(pilot))
        await pilot.press("N")
        await until(pilot, lambda: current(pilot) == first)
        await enter(pilot, "s", "no such thing")
        await until(pilot, lambda: "/ looks in all of the log" in words(pilot.app))
        await pilot.press("escape")
        assert pilot.app.screen.look.find == ""
