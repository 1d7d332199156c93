import re
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.app import App
from textual.color import Color
from textual.theme import Theme
from textual.widgets import Input, TextArea

from harbortui import glance, paths
from harbortui.themes import DEFAULT, themes

from .standing import standing, table

NAMES = tuple(theme.name for theme in themes())


def test_night_comes_first():
    assert NAMES == ("night", "day", "terminal")
    assert DEFAULT == "night"


def test_a_theme_is_named_like_its_file():
    assert set(NAMES) == set(paths.theme_names())


@pytest.mark.parametrize("theme", themes(), ids=NAMES)
def test_every_theme_gives_the_same_tokens(theme):
    own = {"ansi-background", "ansi-foreground"}
    assert set(theme.variables) - own == set(themes()[0].variables)
    assert "text-muted" not in theme.variables, "borders would fail to parse"


@pytest.mark.parametrize("theme", themes(), ids=NAMES)
def test_every_colour_is_one(theme):
    colours = {name: value for name, value in theme.variables.items() if "style" not in name}
    for value in (theme.primary, theme.foreground, theme.background, *colours.values()):
        Color.parse(value)
    assert theme.dark is (theme.name != "day")
    assert theme.ansi is (theme.name == "terminal")


@pytest.mark.parametrize("sheet", sorted(paths.styles().glob("*.tcss")), ids=lambda path: path.name)
def test_every_variable_in_the_styles_is_a_token_or_textuals(sheet):
    text = sheet.read_text("utf-8")
    local = set(re.findall(r"^\$([\w-]+):", text, re.MULTILINE))
    known = set(App().get_css_variables()) | set(themes()[0].variables) | local
    assert set(re.findall(r"\$([\w-]+)", text)) - known == set()


@pytest.mark.parametrize("theme", themes(), ids=NAMES)
async def test_an_app_takes_the_theme(theme):
    app = App()
    app.register_theme(theme)
    async with app.run_test():
        app.theme = theme.name
        assert app.get_css_variables()["muted"] == theme.variables["muted"]


@pytest.mark.parametrize("theme", [one for one in themes() if not one.ansi], ids=NAMES[:2])
@pytest.mark.parametrize("name", ["cursor", "field", "field-focus"])
def test_grounds_are_calm_in_256_colours_too(theme: Theme, name: str) -> None:
    ground = RichColor.parse(theme.variables[f"{name}-background"])
    red, green, blue = ground.downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
    assert red == green <= blue <= red + 40


async def test_without_colours_one_sees_where_one_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with standing(table()) as pilot:
        await pilot.app.mount(field := Input("name", select_on_focus=False))
        field.focus()
        await pilot.pause()
        assert any(one.style and one.style.reverse for one in field.render_line(0))


@pytest.mark.parametrize("theme", themes(), ids=NAMES)
async def test_what_is_typed_into_has_the_colours_of_the_theme(theme: Theme) -> None:
    async with standing(table()) as pilot:
        pilot.app.theme = theme.name
        fields = (Input("name", select_on_focus=False), Input(placeholder="name"), TextArea("name"))
        await pilot.app.mount(*fields)
        for field in fields:
            field.focus()
            await pilot.pause()
            styles = [one.style for one in field.render_line(0) if one.style and one.text.strip()]
            for colour in [one.color for one in styles]:
                assert colour is None or colour.is_default is theme.ansi
            assert any(s.style and s.style.reverse for s in field.render_line(0)) is theme.ansi


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({"TERM": "xterm"}, "terminal"),
        ({"TERM": "linux"}, "terminal"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "night"),
        ({"TERM": "tmux-256color"}, "night"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "night"),
        ({"TERM": "xterm", "HARBORTUI_THEME": "day"}, "day"),
    ],
)
def test_sixteen_colours_are_shown_with_sixteen_colours(
    environ: dict[str, str], theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert glance.theme(environ) == theme
