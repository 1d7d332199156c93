"""The README's pictures are the screens: rewritten with `--update-pictures`, else compared."""

from pathlib import Path

import pytest

from harbortui.demo import DemoHarbor

from .console import console, type_in, until, words

FOLDER = Path(__file__).parent.parent / "screenshots"
WIDE, SMALL = (120, 40), (80, 24)

PICTURES: dict[str, tuple[str, str, str, tuple[int, int]]] = {
    # name: command, keys pressed then, words that must be there, size
    "overview": ("", "", "expires in", WIDE),
    "overview-80": ("", "", "NEEDS ATTENTION", SMALL),
    "projects": (":projects", "", "payments", WIDE),
    "projects-80": (":projects", "", "hub-cache", SMALL),
    "repositories": (":repositories payments", "", "payments/", WIDE),
    "artifacts": (":artifacts payments/api", "", "latest", WIDE),
    "members": (":members payments", "", "alice", WIDE),
    "users": (":users", "", "alice", WIDE),
    "rules": (":rules", "", "web-on-push", WIDE),
    "logs": (":logs", "", "following", WIDE),
    "logs-80": (":logs", "", "following", SMALL),
    "statistics": (":logs", "i m", "counted", WIDE),
    "robots": (":robots", "", "ci-pusher", WIDE),
    "configuration": (":configuration", "j j", "OTHER WAYS", WIDE),
    "configuration-80": (":configuration", "j j j", "After this long without use", SMALL),
    "set-up-ldap": (":configuration ldap_url", "x", "Set up LDAP", WIDE),
    "new-project": (":projects", "n", "New project", WIDE),
    "delete": (":repositories payments", "space space D", "cannot be undone", WIDE),
    "keys": (":repositories payments", "?", "HERE", WIDE),
    "keys-80": (":repositories payments", "?", "HERE", SMALL),
    "places": (":projects", ":", "PLACES", WIDE),
}
THEMES = {
    "overview-day": ("overview", "day"),
    "projects-day": ("projects", "day"),
    "projects-terminal": ("projects", "terminal"),
    "delete-terminal": ("delete", "terminal"),
}


async def picture(name: str, theme: str = "night") -> str:
    command, keys, wanted, size = PICTURES[name]
    async with console(DemoHarbor(), command, size=size) as pilot:
        pilot.app.theme = theme
        for key in keys.split():
            await type_in(pilot, key) if len(key) == 1 else await pilot.press(key)
        await until(pilot, lambda: wanted in words(pilot.app))
        for _ in range(20):
            await pilot.pause(0.01)
        return pilot.app.export_screenshot(title="harbortui", simplify=True)


def judge(name: str, drawn: str, update: bool) -> None:
    path = FOLDER / f"{name}.svg"
    if update:
        path.write_text(drawn)
    assert path.exists(), "write it with --update-pictures"
    assert drawn == path.read_text(), f"{name} looks different: --update-pictures, then look"


@pytest.mark.parametrize("name", PICTURES)
async def test_a_screen_looks_like_its_picture(name: str, update_pictures: bool) -> None:
    judge(name, await picture(name), update_pictures)


@pytest.mark.parametrize("name", THEMES)
async def test_a_theme_looks_like_its_picture(name: str, update_pictures: bool) -> None:
    judge(name, await picture(*THEMES[name]), update_pictures)


@pytest.mark.parametrize("name", ["overview", "projects", "delete"])
async def test_without_colour_nothing_is_lost(
    name: str, update_pictures: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    judge(f"{name}-nocolor", await picture(name), update_pictures)
