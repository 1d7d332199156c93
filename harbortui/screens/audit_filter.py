"""The filter line of the audit log: mistakes, completion, history, presets, spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harbortui.api import audit
from harbortui.audit import language
from harbortui.audit.complete import Completion, Known, complete
from harbortui.audit.language import Mistake, Parsed, Vocabulary
from harbortui.audit.moments import SPANS, moment
from harbortui.audit.presets import presets
from harbortui.audit.words import normal, replaced, terms
from harbortui.screens.menu import Entry, Menu
from harbortui.widgets.frame import Key

if TYPE_CHECKING:
    from harbortui.screens.audit_log import AuditLogScreen
    from harbortui.screens.audit_reading import FilteredLog

KIND = "logs"
"""What filters are remembered under."""
OFFERED = 8
"""Candidates that are named while one types."""
FILTER, SEARCH, TIME = "filter", "search", "time"
HINTS = {
    FILTER: "user: op: type: res: ok: project: since: until: words, tab completes",
    SEARCH: "search among the events that are here",
    TIME: "2h, yesterday, 09:00, 2026-11-20, 2026-11-20T09:00",
}


def parsed(screen: FilteredLog, text: str) -> Parsed:
    """What a line means in the zone that is shown."""
    clock = screen.look.clock
    return language.parse(
        text, clock.now(), local=clock.mode == "local", vocabulary=screen.known.vocabulary
    )


def mistakes(found: Parsed) -> str:
    """What is wrong, in words, with the words that are wrong."""
    return "; ".join(str(mistake) for mistake in found.mistakes)


def ask(screen: AuditLogScreen, purpose: str) -> None:
    """Open the line."""
    value = f"{screen.text} " if purpose == FILTER and screen.text else ""
    history = screen.session.used.get(_kind(purpose), ())
    hint = f"{HINTS[purpose]}; up: {history[0]}" if history else HINTS[purpose]
    screen.line.ask(purpose, value, hint, history)
    judge(screen)
    if purpose == FILTER:
        screen.learn()


def keys(purpose: str) -> tuple[Key, ...]:
    """What one can do besides, while something is asked."""
    earlier = Key("up", "earlier ones", "focused.recall(1)")
    complete = Key("tab", "complete", "focused.complete")
    return (complete, earlier) if purpose == FILTER else (earlier,)


def _kind(purpose: str) -> str:
    return KIND if purpose == FILTER else f"{KIND} {purpose}"


def judge(screen: AuditLogScreen, *, ended: bool = False) -> None:
    """While a filter is typed: what is wrong so far, else what could be typed next.

    The term that is being typed may yet become right, unless that has `ended`.
    """
    line, screen.slip = screen.line, ""
    wrong: list[Mistake] = []
    if line.purpose == FILTER and line.value:
        found = parsed(screen, line.value).mistakes
        wrong = [one for one in found if ended or one.end < len(line.value)]
        screen.slip = "; ".join(map(str, wrong)) or _next(screen)
    screen.under.mark([(one.start, one.end) for one in wrong])
    screen.redraw_status()


def _next(screen: AuditLogScreen) -> str:
    """The first few terms that could stand where the cursor is."""
    line = screen.line
    found = complete(line.value, line.cursor_position, screen.known).candidates
    return f"tab: {'  '.join(one.text for one in found[:OFFERED])}" if found else ""


def entered(screen: AuditLogScreen, purpose: str, text: str) -> None:
    """Enter: take it, or say what is wrong and leave the line open."""
    if purpose == FILTER:
        text = normal(text)
        if parsed(screen, text).mistakes:
            screen.session.say("")
            judge(screen, ended=True)
            return
        screen.session.use(_kind(FILTER), text)
        screen.line.shut()
        screen.narrow(text)
    elif purpose == SEARCH:
        screen.session.use(_kind(SEARCH), text)
        screen.line.shut()
        screen.search(text)
    else:
        _to_time(screen, text)


def _to_time(screen: AuditLogScreen, text: str) -> None:
    clock = screen.look.clock
    there = moment(text, clock.now(), local=clock.mode == "local")
    if text and there is None:
        screen.session.say(f"“{text}” is no time: {HINTS[TIME]}", "warn")
        return
    screen.line.shut()
    if there:
        screen.session.use(_kind(TIME), text)
        screen.jump(there)


async def completing(screen: AuditLogScreen) -> None:
    """Tab: the only candidate, or a menu of them."""
    line = screen.line
    if line.purpose != FILTER:
        return
    screen.known = screen.known.with_events(screen.reading.window)
    found = complete(line.value, line.cursor_position, screen.known)
    if len(found.candidates) == 1:
        _put(screen, found, found.candidates[0].text)
    elif found.candidates:
        entries = [Entry(one.text, one.about, "", one.text) for one in found.candidates]
        picked = await screen.app.push_screen_wait(Menu("Complete", entries))
        if picked and picked.entries:
            _put(screen, found, picked.entries[0].value)


def _put(screen: AuditLogScreen, found: Completion, text: str) -> None:
    screen.line.put(*found.into(screen.line.value, text))


async def learned(screen: FilteredLog) -> Known:
    """The words of this Harbor; those who do not see everything may not read them."""
    if not screen.session.me.is_admin or screen.reading.reader.log.old:
        return screen.known
    names = await screen.ask(lambda: audit.types(screen.session.harbor))
    return Known(Vocabulary().with_types(names or ()))


def spanned(text: str, number: int) -> str:
    """The filter with another span: the keys 1 to 9."""
    return replaced(replaced(text, "until", ""), "since", SPANS[number - 1])


def next_preset(text: str, me: str) -> tuple[str, str]:
    """The filter after this one, its span kept, and what Harbor does not record of it."""
    spans = [text[one.start : one.end] for one in terms(text) if one.key in ("since", "until")]
    plain = replaced(replaced(text, "since", ""), "until", "")
    known = [("", ""), *((normal(one.text), one.note) for one in presets(me))]
    texts = [one for one, _ in known]
    at = texts.index(plain) if plain in texts else 0
    chosen, note = known[(at + 1) % len(known)]
    return " ".join(filter(None, [chosen, *spans])), note
