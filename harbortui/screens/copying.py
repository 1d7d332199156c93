"""What `c` copies: a name, or one of the commands that fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from harbortui.resources.core import Resource
from harbortui.screens.menu import Entry, Menu
from harbortui.screens.text import LONGEST
from harbortui.text import safe

if TYPE_CHECKING:
    from harbortui.screens.resource import ResourceScreen


async def copy(screen: ResourceScreen, resource: Resource[Any, Any], items: Sequence[Any]) -> None:
    """The names of the marked items; of one item, what is chosen of its name and its commands."""
    labels = [safe(resource.label(item)) for item in items]
    host = screen.session.system.registry_url or screen.session.where
    offers = list(resource.copies(host, items[0])) if len(items) == 1 else []
    text = "\n".join(labels)
    if offers:
        entries = [Entry("name", labels[0], "", labels[0])]
        entries += [Entry(title, words, "", words) for title, words in offers]
        picked = await screen.app.push_screen_wait(Menu("Copy", entries))
        if picked is None:
            return
        text = safe(picked.entries[0].value, limit=LONGEST)
    # What is pasted into a shell must not act there either.
    screen.app.copy_to_clipboard(text)
    what = text if len(labels) == 1 else f"{len(labels)} names"
    screen.session.say(f"copied, if the terminal allows it: {what}", "ok")
