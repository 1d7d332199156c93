"""The last line while something is typed: ? and : are letters then, other keys do something."""

import pytest

from harbortui.demo import DemoHarbor

from .console import console, lines, until

FIXED = "? keys  : go to"


@pytest.mark.parametrize(
    ("place", "keys", "shown"),
    [
        (":labels", ["slash"], ["enter done", "esc clear"]),
        (":labels", ["d", "s"], ["enter find", "esc leave"]),
        (":logs", ["slash"], ["enter take it", "tab complete", "up earlier ones", "esc leave"]),
    ],
)
async def test_what_keys_do_in_a_line_stands_below_it(
    demo: DemoHarbor, place: str, keys: list[str], shown: list[str]
) -> None:
    async with console(demo, place, size=(80, 24)) as pilot:
        for key in keys:
            await until(pilot, lambda: lines(pilot.app)[-1].endswith(FIXED))
            await pilot.press(key)
        await until(pilot, lambda: shown[0] in lines(pilot.app)[-1])
        assert [words.strip() for words in lines(pilot.app)[-1].split("   ") if words] == shown
        await pilot.press("escape")
        await until(pilot, lambda: lines(pilot.app)[-1].endswith(FIXED))


async def test_only_what_the_last_line_shows_is_judged_when_the_cursor_moves(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(demo, ":labels") as pilot:
        judged: list[str] = []
        monkeypatch.setattr(pilot.app.screen, "refusal_of", lambda key: judged.append(key) or "")
        await pilot.press("down")
        shown = {key.action for key in pilot.app.screen.foot.keys}
        assert set(judged) == shown


async def test_what_a_list_holds_is_not_counted_anew_when_the_cursor_moves(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    async with console(demo, ":labels") as pilot:
        count = pilot.app.screen.counts
        monkeypatch.setattr(pilot.app.screen, "counts", lambda: counted.append("again") or count())
        await pilot.press("down", "down")
        assert not counted
        await pilot.press("space")
        assert counted == ["again"]
        assert "1 marked" in lines(pilot.app)[1]
