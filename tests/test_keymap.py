from pathlib import Path

from harbortui import config_file, keymap
from harbortui.app import HarborApp
from harbortui.demo import DemoHarbor

from .console import app_over, console, lines, until, words

KNOWN = [
    {"refresh": {"r"}, "sort": {"o"}, "back": {"escape", "q"}},
    {"refresh": {"r"}, "follow": {"F"}},
]


def written(path: Path, text: str) -> config_file.ConfigFile:
    path.write_text(text)
    path.chmod(0o600)
    return config_file.read(path)


def test_a_key_that_is_free_is_taken_over(tmp_path: Path) -> None:
    file = written(tmp_path / "config.toml", '[keys]\nrefresh = "f5"\n')
    assert keymap.judged({"refresh": "f5"}, KNOWN, file) == ({"refresh": "f5"}, [])


def test_an_unknown_binding_is_named_with_its_line(tmp_path: Path) -> None:
    file = written(tmp_path / "config.toml", '[keys]\nrefesh = "f5"\n')
    good, problems = keymap.judged({"refesh": "f5"}, KNOWN, file)
    assert good == {}
    assert "refesh" in str(problems[0])
    assert "2" in str(problems[0])


def test_a_key_that_another_binding_has_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "config.toml", '[keys]\nrefresh = "o"\n')
    good, problems = keymap.judged({"refresh": "o"}, KNOWN, file)
    assert good == {}
    assert "sort" in str(problems[0])


def test_a_key_of_another_screen_is_free(tmp_path: Path) -> None:
    file = written(tmp_path / "config.toml", '[keys]\nfollow = "o"\n')
    assert keymap.judged({"follow": "o"}, KNOWN, file) == ({"follow": "o"}, [])


def test_two_keys_can_be_exchanged(tmp_path: Path) -> None:
    file = written(tmp_path / "config.toml", '[keys]\nrefresh = "o"\nsort = "r"\n')
    keys = {"refresh": "o", "sort": "r"}
    assert keymap.judged(keys, KNOWN, file) == (keys, [])


def test_every_screen_has_its_keys_in_the_list() -> None:
    known = {name for screen in keymap.bindings(HarborApp) for name in screen}
    assert {"delete", "create", "edit", "down", "places", "quit", "search"} <= known
    assert {"next-block", "follow", "measure", "choose"} <= known


async def test_what_a_key_is_called_stands_in_the_list_of_keys(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: "mark all of this filter" in words(pilot.app))
        [line] = [line for line in lines(pilot.app) if "mark all of this filter" in line]
        assert "mark-all" in line.split()


async def test_a_terminal_that_is_too_small_says_so_and_recovers(demo: DemoHarbor) -> None:
    app = app_over(demo)
    async with app.run_test(size=(30, 8)) as pilot:
        await until(pilot, lambda: "too small" in words(app))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "live" in words(app))
