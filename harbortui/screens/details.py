"""What there is to know of one thing: in our words, then as Harbor sent it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from harbortui.clock import Clock, moment_in
from harbortui.resources.core import Fact, Heading, Line, Part, Resource, When
from harbortui.screens.text import LONGEST, TextScreen
from harbortui.session import Session
from harbortui.text import code_points, odd, safe
from harbortui.widgets.ink import parts, plain
from harbortui.widgets.pager import Row

TITLE = 24
"""Columns of a fact's title."""
DEEPEST = 12
NOTHING = Part("-", "muted")


class FactsScreen(TextScreen):
    """Facts with their titles; what is too long for a line goes on below itself."""

    def on_mount(self) -> None:
        self.pager.wrapped, self.pager.hang = True, TITLE + 1


async def details(session: Session, resource: Resource[Any, Any], item: Any) -> FactsScreen:
    """The screen of details, read anew."""
    rows: list[Row] = []
    label = resource.label(item)
    if odd(label):
        rows += [(Part("▲ odd characters in the name: ", "warn"), Part(code_points(label))), ()]
    lines = (
        await resource.facts(session.harbor, item) if resource.facts else _columns(resource, item)
    )
    rows += fact_rows(lines, session.clock)
    raw = await resource.raw(session.harbor, item) if resource.raw else _plain(item)
    rows += [(), (Part("AS HARBOR SENT IT", "section"),), *_told(raw, session.clock)]
    return FactsScreen(session, f"{resource.one} {label}", rows)


async def json_text(session: Session, resource: Resource[Any, Any], item: Any) -> TextScreen:
    """The JSON, read anew, every character visible."""
    raw = await resource.raw(session.harbor, item) if resource.raw else _plain(item)
    text = json.dumps(raw, indent=2, ensure_ascii=True)
    rows: list[Row] = [(Part(safe(line, limit=LONGEST)),) for line in text.splitlines()]
    return TextScreen(session, f"JSON of {resource.one} {resource.label(item)}", rows)


def fact_rows(lines: Sequence[Line], clock: Clock) -> list[Row]:
    """Facts and headings as rows of text."""
    rows: list[Row] = []
    for line in lines:
        if isinstance(line, Heading):
            rows += [*([()] if rows else []), (Part(safe(line.title), "section"),)]
            continue
        cell = line.cell
        if isinstance(cell, When):
            cell = Part(clock.full(cell.moment), cell.tone)
        title = f"{safe(line.title, limit=80):<{TITLE}}"
        told = tuple(parts(cell, clock))
        if line.title and not plain(told):
            told = (NOTHING,)
        rows.append((Part(title, "muted"), Part(" "), *told))
    return rows


def _columns(resource: Resource[Any, Any], item: Any) -> list[Line]:
    """The columns of the list, whole."""
    return [
        Fact(column.title.capitalize(), column.cell(item))
        for column in resource.columns
        if column.title
    ]


def _plain(item: Any) -> Any:
    return item.model_dump(mode="json")


def _told(value: Any, clock: Clock, depth: int = 0, name: str = "") -> Iterator[Row]:
    """JSON as indented lines: names muted, moments with their age."""
    pad = "  " * depth
    title = f"{pad}{safe(name, limit=80)}"
    if depth > DEEPEST:
        yield (Part(f"{title}  …", "muted"),)
    elif isinstance(value, dict) and value:
        if name:
            yield (Part(title, "muted"),)
        for key, inner in value.items():
            yield from _told(inner, clock, depth + bool(name), str(key))
    elif isinstance(value, list) and value:
        yield (Part(f"{title}  ({len(value)})", "muted"),)
        for number, inner in enumerate(value, 1):
            yield from _told(inner, clock, depth + 1, f"{number}")
    else:
        yield (Part(f"{title:<{TITLE}} ", "muted"), Part(safe(_word(value, clock), limit=LONGEST)))


def _word(value: Any, clock: Clock) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value in ({}, []):
        return "-"
    if isinstance(value, str) and (moment := moment_in(value)):
        return clock.full(moment)
    return str(value)
