"""What the program remembers between runs, as JSON; losing it costs nothing but convenience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from harbortui import paths
from harbortui.paths import Folder
from harbortui.resources.seen import Seen, Setting

NAME = "state.json"
LIMIT = 4 * 2**20
HISTORY = 50
SERVERS = 50
LONGEST = 1000
SECRET = ("password", "secret", "token", "credential")
FRESH = timedelta(minutes=5)
"""A sighting that is younger is not written anew while nothing has changed."""


class State(BaseModel):
    """All that is remembered; fields of a newer version are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)

    theme: str = ""
    time: str = ""
    profile: str = ""
    url: str = ""
    username: str = ""
    filters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    settings: dict[str, dict[str, Seen]] = Field(default_factory=dict)


class Memory:
    """The state in its file. Where it cannot be written the program works and says so once."""

    def __init__(self, folder: Folder) -> None:
        self.path = folder.file(NAME)
        self.state = State()
        self.notice = ""
        """What is wrong, once: a sentence to show at the start."""
        self._told = False
        if not self.path:
            self.notice = self._once(folder.reason)
            return
        try:
            self.state = self._read()
        except OSError as error:
            self.notice = self._once(paths.reason(error))

    def update(self, change: Callable[[State], State]) -> str:
        """Apply `change` to what is in the file now, where others may have written meanwhile.

        Returns a sentence when it is forgotten at the end, the first time only.
        """
        if not self.path or self._told:
            self.state = change(self.state)
            return ""
        try:
            before = self._read()
            after = change(before)
            if after != before:
                paths.private(self.path.parent)
                paths.write(self.path, after.model_dump_json(indent=1))
        except OSError as error:
            self.state = change(self.state)
            return self._once(paths.reason(error))
        self.state = after
        return ""

    def _read(self) -> State:
        """What is in the file; what cannot be understood is moved aside."""
        assert self.path
        try:
            return State.model_validate_json(paths.read(self.path, LIMIT))
        except FileNotFoundError:
            return self.state
        except ValidationError:
            aside = self.path.with_name(f"{NAME}.broken")
            self.path.replace(aside)
            self.notice = f"What was remembered cannot be read; it is in {aside} now."
            return self.state

    def _once(self, reason: str) -> str:
        """From here on everything is kept in memory only."""
        self._told = True
        return f"Nothing will be remembered: {reason}."


def with_filter(state: State, kind: str, text: str) -> State:
    """`text` as the newest filter used on a kind of thing; the last 50 are kept."""
    text = _storable(text)
    others = [known for known in state.filters.get(kind, ()) if known != text]
    filters = {**state.filters, kind: (text, *others)[:HISTORY]}
    return state.model_copy(update={"filters": filters})


def with_settings(state: State, server: str, values: Mapping[str, object], now: datetime) -> State:
    """The settings of a server as seen `now`; nothing that may be a secret, nothing long."""
    known = state.settings.get(server, {})
    seen = {
        name: _seen(known.get(name), _storable(value) if isinstance(value, str) else value, now)
        for name, value in values.items()
        if isinstance(value, Setting) and not _secret(name, value)
    }
    if all(_still(known.get(name), one, now) for name, one in seen.items()):
        return state
    others = {name: kept for name, kept in state.settings.items() if name != server}
    recent = dict(list(others.items())[-SERVERS + 1 :])
    return state.model_copy(update={"settings": {**recent, server: {**known, **seen}}})


def _seen(known: Seen | None, value: Setting, now: datetime) -> Seen:
    if not known:
        return Seen(value=value, since=now, at=now)
    # True equals 1: a setting that changes its type has changed.
    if (type(known.value), known.value) == (type(value), value):
        return known.model_copy(update={"at": now})
    return Seen(value=value, since=now, at=now, before=known.value, until=known.at)


def _still(known: Seen | None, seen: Seen, now: datetime) -> bool:
    """Whether this has been seen a moment ago."""
    return known is not None and known.since == seen.since and now - known.at < FRESH


def _secret(name: str, value: Setting) -> bool:
    """Whether this may be a secret: `token_expiration`, a number, is none."""
    return isinstance(value, str) and any(word in name.lower() for word in SECRET)


def _storable(text: str) -> str:
    """Half a character would make the whole file unreadable."""
    return text[:LONGEST].encode(errors="replace").decode()
