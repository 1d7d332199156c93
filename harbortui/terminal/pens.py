"""How a cell is painted: colours and attributes, and the control string from one pen to another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple


class Style(NamedTuple):
    """Colours and attributes of a cell as SGR parameters (ECMA-48 8.3.117); "" is the default."""

    foreground: str = ""
    background: str = ""
    attributes: frozenset[str] = frozenset()

    @property
    def of_blanks(self) -> Style:
        """What can be seen of it on a blank."""
        if self.attributes & SEEN_ON_BLANKS:
            return self
        return Style("", self.background)


DEFAULT = Style()
BOLD, DIM, ITALIC, UNDERLINE, BLINK, FAST_BLINK, REVERSE, HIDDEN, STRIKE = "123456789"
DOUBLE_UNDERLINE, OVERLINE = "21", "53"
SEEN_ON_BLANKS = frozenset(
    {UNDERLINE, BLINK, FAST_BLINK, REVERSE, STRIKE, DOUBLE_UNDERLINE, OVERLINE}
)
ENDS = {
    "22": frozenset({BOLD, DIM}),
    "23": frozenset({ITALIC}),
    "24": frozenset({UNDERLINE, DOUBLE_UNDERLINE}),
    "25": frozenset({BLINK, FAST_BLINK}),
    "27": frozenset({REVERSE}),
    "28": frozenset({HIDDEN}),
    "29": frozenset({STRIKE}),
    "55": frozenset({OVERLINE}),
}
ENDED_BY = {attribute: end for end, attributes in ENDS.items() for attribute in attributes}
FOREGROUNDS = frozenset(str(code) for code in (*range(30, 38), *range(90, 98)))
BACKGROUNDS = frozenset(str(code) for code in (*range(40, 48), *range(100, 108)))
COMPONENTS = {"5": 1, "2": 3}


@lru_cache(4096)
def paints(pen: Style, blank: Style) -> bool:
    """Whether a pen writes blanks as one of the style `blank` would."""
    return pen.of_blanks == blank


@lru_cache(4096)
def styled(style: Style, parameters: str) -> Style:
    """The style after SGR `parameters`; a parameter that nobody sends changes nothing."""
    codes = iter(parameters.split(";"))
    for code in codes:
        style = _after(style, code, codes)
    return style


def _after(style: Style, code: str, rest: Iterator[str]) -> Style:
    if code in ("", "0"):
        return DEFAULT
    if code in ENDED_BY:
        return style._replace(attributes=style.attributes | {code})
    if code in ENDS:
        return style._replace(attributes=style.attributes - ENDS[code])
    if code in FOREGROUNDS or code == "39":
        return style._replace(foreground="" if code == "39" else code)
    if code in BACKGROUNDS or code == "49":
        return style._replace(background="" if code == "49" else code)
    if code == "38":
        return style._replace(foreground=_extended(code, rest) or style.foreground)
    if code == "48":
        return style._replace(background=_extended(code, rest) or style.background)
    return style


def _extended(code: str, rest: Iterator[str]) -> str:
    """The colour of `38;5;n` or `38;2;r;g;b`, "" if it is malformed."""
    kind = next(rest, "")
    components = list(islice(rest, COMPONENTS.get(kind, 0)))
    whole = len(components) == COMPONENTS.get(kind)
    return ";".join((code, kind, *components)) if whole and all(map(_is_byte, components)) else ""


def _is_byte(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) <= 3 and int(number) < 256


@lru_cache(4096)
def transition(old: Style, new: Style) -> str:
    """The shortest control string that turns the pen from `old` to `new`."""
    if new == old:
        return ""
    if new == DEFAULT:
        return "\x1b[m"
    colours = [colour for colour in (new.foreground, new.background) if colour]
    ends = {ENDED_BY[attribute] for attribute in old.attributes - new.attributes}
    kept = old.attributes.difference(*(ENDS[end] for end in ends))
    steps = [*sorted(ends), *sorted(new.attributes - kept)]
    if new.foreground != old.foreground:
        steps.append(new.foreground or "39")
    if new.background != old.background:
        steps.append(new.background or "49")
    afresh = f"\x1b[0;{';'.join((*sorted(new.attributes), *colours))}m"
    onwards = f"\x1b[{';'.join(steps)}m"
    return min(onwards, afresh, key=len)
