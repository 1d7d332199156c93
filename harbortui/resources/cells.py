"""Cells that many kinds share: sizes, bars, switches, states."""

from __future__ import annotations

from harbortui.shown import Part, Tone

UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
BAR = 10
NEARLY, FULL = 80, 95
"""Per cent from which a bar warns, and from which it is bad."""

_TONES: dict[str, Tone] = {
    "healthy": "muted",
    "enabled": "muted",
    "success": "muted",
    "succeed": "muted",
    "finished": "muted",
    "unhealthy": "bad",
    "error": "bad",
    "failed": "bad",
    "stopped": "warn",
    "disabled": "warn",
    "skipped": "warn",
}
_WORDS = {"InProgress": "running", "Succeed": "succeeded", "Success": "succeeded"}


def size(count: int | None, tone: Tone = "") -> tuple[Part, ...]:
    """Bytes in binary units: two significant figures below 10, the unit muted and aligned."""
    if count is None:
        return ()
    if count < 0:
        return (Part("none", "muted"),)
    value, unit = float(count), 0
    while value >= 999.5 and unit < len(UNITS) - 1:
        value, unit = value / 1024, unit + 1
    number = f"{value:.1f}" if unit and value < 9.95 else f"{value:.0f}"
    return (Part(number, tone), Part(f" {UNITS[unit]:<3}" if count else "    ", tone or "muted"))


def plain_size(count: int) -> str:
    """Bytes in one word: `1.1 GiB`."""
    return "".join(part.text for part in size(count)).strip()


def bar(used: float | None, *, judged: bool = True) -> Part:
    """A part of the whole as `━━━─────── 31 %`, rounded down; judged: warns at 80 %, bad at 95."""
    if used is None:
        return Part("")
    percent = int(used * 100)
    full = min(BAR, max(int(used * BAR), 1 if used > 0 else 0))
    tone: Tone = "bad" if percent >= FULL else "warn" if percent >= NEARLY else "muted"
    tone = tone if judged else "muted"
    return Part("━" * full + "─" * (BAR - full) + f" {percent:3d} %", tone)


def switch(on: bool, unusual: bool = False) -> Part:
    """`on` or `off`; bold when it is not the default."""
    return Part("on" if on else "off", "strong" if unusual else "")


def yes(true: bool, tone: Tone = "") -> Part:
    """`yes`, or nothing: a column of answers is read by its yeses."""
    return Part("yes" if true else "", tone)


def access(public: bool) -> Part:
    """Who may pull."""
    return Part("public") if public else Part("private", "muted")


def state(word: str, words: str = "") -> Part:
    """A state in Harbor's word or in ours; the normal is muted, unknown ones stay as they are."""
    return Part(words or _WORDS.get(word, word.lower()), _TONES.get(word.lower(), ""))


def digest(value: str) -> str:
    """The first 12 characters after `sha256:`."""
    return value.removeprefix("sha256:")[:12]


def prefixed(full: str, tone: Tone = "") -> tuple[Part, ...]:
    """`project/path` with the project muted."""
    project, slash, path = full.partition("/")
    return (Part(project + slash, "muted"), Part(path, tone)) if slash else (Part(full, tone),)


def plural(count: int, one: str, many: str = "") -> str:
    """`1 repository`, `1,204 repositories`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def span(seconds: float) -> str:
    """A duration in its largest unit or two: `41 s`, `3 min 20 s`, `2 h 05 min`."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    if whole < 86400:
        return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
    return f"{whole // 86400} d {whole % 86400 // 3600} h"
