"""Who is told of what happens in a session: nobody, until the app says who."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harbortui.resources.seen import Sight, unseen


@dataclass
class Listeners:
    """Functions that a session calls; each may be replaced."""

    news: Callable[[bool], None] = lambda _written: None
    """The frame has something new to say; whether the registry was changed."""
    ended: Callable[[], None] = lambda: None
    """Harbor does not know us any more: somebody has to sign in again."""
    used: Callable[[str, str], None] = lambda _kind, _text: None
    """A filter is used: what it is for, and its text."""
    sighted: Sight = unseen
    """The settings were read."""
