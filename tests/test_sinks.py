"""Where a server's text can reach the screen: only where it has been made safe, never as markup."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rich.style import Style
from textual.app import App
from textual.widget import Widget

from harbortui.api.form import Choice
from harbortui.clock import Clock
from harbortui.resources.core import Column, Heading, Part
from harbortui.widgets.button import Button
from harbortui.widgets.controls import Chooser, FormLines, Several
from harbortui.widgets.frame import Ribbon
from harbortui.widgets.paper import Paper
from harbortui.widgets.rows import Listed
from harbortui.widgets.table import Table

from .counting import Count
from .hostile import STRINGS

FEW, TOGETHER = 4, 8
PACKAGE = Path(__file__).parent.parent / "harbortui"
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if "demo" not in path.parts]
MAY_TYPE = {"Input", "TextArea"}
"""Textual's widgets that are used: both show what a field's `_shown` has made safe."""
FORBIDDEN = {"notify", "from_markup", "render_markup", "from_ansi", "markup"}
TITLES = {"border_title", "border_subtitle", "tooltip", "loading"}
PANIC = "crashing.py"


@cache
def trees() -> dict[Path, ast.Module]:
    """Each file of the package, read."""
    return {path: ast.parse(path.read_text()) for path in FILES}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else None
            yield name or getattr(function, "id", ""), node


def imported(tree: ast.AST, package: str) -> set[str]:
    """What is imported by name from there."""
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    found = [node for node in froms if (node.module or "").startswith(package)]
    return {alias.name for node in found for alias in node.names}


def test_no_widget_that_reads_markup_is_used() -> None:
    for path, tree in trees().items():
        assert imported(tree, "textual.widgets") <= MAY_TYPE, path
        names = imported(tree, "rich.")
        assert not names & {"Markdown", "Console", "Table", "Panel", "render"}, path
        assert "Text" not in names or path.name == PANIC, path
        for name, call in calls(tree):
            assert name not in FORBIDDEN, f"{path}:{call.lineno}: {name}"
            words = [word for word in call.keywords if word.arg == "markup"]
            assert all(ast.unparse(word.value) == "False" for word in words), path


def test_what_is_not_drawn_by_us_is_content_and_safe() -> None:
    for path, tree in trees().items():
        for name, call in calls(tree):
            if name == "Content" and "terminal" not in path.parts:
                assert ast.unparse(call.args[0]).startswith("safe("), f"{path}:{call.lineno}"
            assert name != "panic" or path.name == PANIC, path
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr in TITLES:
                    safe = ast.unparse(node.value).startswith("Content(safe(")
                    assert safe, f"{path}:{node.lineno}"


def test_segments_are_made_only_by_widgets_and_styles_hold_no_actions() -> None:
    for path, tree in trees().items():
        for name, call in calls(tree):
            assert name != "Segment" or path.parent.name == "widgets", path
            given = {word.arg for word in call.keywords}
            assert name != "Style" or not given & {"meta", "link"}, path


def hostile_parts(text: str) -> list[Part]:
    return [Part(text, "bad"), Part(text)]


def drawn(text: str) -> dict[str, Widget]:
    """Every widget that draws words, with a stranger's text wherever words can be put."""
    cells = (Column(text, lambda _: text), Column("", lambda _: Part(text)))
    choices = [Choice(1, text), Choice(2, text, text)]
    table: Table[str] = Table(cells, lambda row: row, Clock(), sign=lambda _: Part(text))
    table.empty = text
    return {
        "ribbon": Ribbon(signed=True),
        "paper": Paper([hostile_parts(text)]),
        "button": Button(text),
        "chooser": Chooser(1, choices),
        "long chooser": Chooser(1, choices * 4),
        "several": Several(frozenset({1}), choices),
        "lines": FormLines((text,)),
        "table": table,
    }


class Shown(App[None]):
    """One of each, for several texts."""

    async def put(self, text: str) -> dict[str, Widget]:
        """One of each that says this."""
        fresh = drawn(text)
        for widget in fresh.values():
            widget.styles.height, widget.styles.width = 3, 60
        await self.screen.mount_all(fresh.values())
        for widget in fresh.values():
            if isinstance(widget, Ribbon):
                widget.show(hostile_parts(text), hostile_parts(text))
            if isinstance(widget, Table):
                widget.show(Listed(["row", Heading(text), "other"], lambda row: row))
        return fresh


def check(name: str, widget: Widget) -> None:
    for y in range(3):
        for segment in widget.render_line(y):
            assert segment.text.isprintable(), f"{name}: {segment.text!r}"
            style = segment.style or Style()
            assert not style.link
            assert not style.meta.get("@click")


@pytest.mark.parametrize("start", range(FEW))
async def test_every_widget_draws_every_hostile_string_harmlessly(start: int, count: Count) -> None:
    app, strings, checked = Shown(), STRINGS[start::FEW], 0
    async with app.run_test(size=(70, 30)) as pilot:
        for first in range(0, len(strings), TOGETHER):
            fresh = [await app.put(text) for text in strings[first : first + TOGETHER]]
            await pilot.pause()
            for name, widget in (pair for one in fresh for pair in one.items()):
                check(name, widget)
                checked += 1
            await app.screen.remove_children()
    count("hostile strings × widgets", checked)
