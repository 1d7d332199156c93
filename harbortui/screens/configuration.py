"""The configuration: settings in groups, doors by one key, what is not used folded away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from harbortui.api.configuration import Configuration
from harbortui.resources import doors as told
from harbortui.resources.cells import plural
from harbortui.resources.configuration import CONFIGURATION, page
from harbortui.resources.setting_line import SettingLine
from harbortui.screens import doors, verbs
from harbortui.screens.counting import marked
from harbortui.screens.keys import Feet
from harbortui.screens.listing import Listing
from harbortui.screens.resource import ResourceScreen
from harbortui.session import Session
from harbortui.shown import Part
from harbortui.widgets.columns import NARROW
from harbortui.widgets.marking import MarkTable
from harbortui.widgets.prompt import Prompt

EDIT = "edit"


class Folding(Listing):
    """Settings, those of unused groups folded into one line each; a filter looks into all."""

    def __init__(self, session: Session) -> None:
        read = partial(page, sight=session.told.sighted)
        super().__init__(session, replace(CONFIGURATION, name="settings", page=read), None)
        self.unfolded: set[str] = set()

    def _arranged(self, items: list[Any]) -> list[Any]:
        arranged: list[SettingLine] = super()._arranged(items)
        if self.text or self.preset:
            return [line for line in arranged if not line.folds]
        return [
            line
            for line in arranged
            if line.folds or not line.unused or line.group.name in self.unfolded
        ]

    def flip(self, group: str) -> None:
        """Unfold a group, or fold it."""
        self.unfolded ^= {group}


def _keys() -> list[BindingType]:
    """Doors come before what is seldom needed; `e` is what Enter is, and not named twice."""
    kinds = [key for key in verbs.keys(CONFIGURATION) if isinstance(key, Binding)]
    first = [key for key in kinds if key.key == "d"]
    rest = [replace(key, show=key.show and key.key != "e") for key in kinds if key not in first]
    return [Binding("enter", "choose", "edit", id="choose"), *first, *doors.KEYS, *rest]


class ConfigurationScreen(ResourceScreen):
    """Every setting of the Harbor that one is signed in to."""

    resource: ClassVar = CONFIGURATION
    BINDINGS: ClassVar[list[BindingType]] = _keys()

    def __init__(self, session: Session, text: str = "") -> None:
        super().__init__(session, None, text)
        self.listing: Folding = Folding(session)
        self.listing.text = text

    def body(self) -> ComposeResult:
        """The table, which needs no headings, and the line where a filter is typed."""
        kind, clock = self.resource, self.session.clock
        yield MarkTable(kind.columns, kind.key, clock, sign=kind.sign, head=False)
        yield Prompt(self.listing.text)

    @property
    def configuration(self) -> Configuration | None:
        """The settings as they are shown; None before the first answer."""
        lines: list[SettingLine] = self.listing.pages.items
        return lines[0].configuration if lines else None

    def show(self) -> None:
        """Show what has been loaded, which is newer than what Harbor said of itself."""
        if (found := self.configuration) is not None:
            self.session.system = told.told(self.session.system, found)
        super().show()

    def counts(self) -> tuple[Part, ...]:
        """How many settings, how many of them are not as in a new Harbor, how many are locked."""
        lines: list[SettingLine] = [line for line in self.listing.pages.items if not line.folds]
        marks = marked(self.listing, self.table.marks)
        if not lines:
            return ()
        if self.listing.text or self.listing.preset:
            preset = f"{self.listing.preset.name}   " if self.listing.preset else ""
            text = f"filter /{self.listing.text}   " if self.listing.text else ""
            found = f"{self.listing.shown} of {len(lines)}"
            return (*marks, Part(f"{preset}{text}", "accent"), Part(found, "muted"))
        words = plural(len(lines), "setting")
        unusual = sum(line.unusual for line in lines)
        locked = sum(bool(line.locked) for line in lines)
        if unusual and self.size.width >= NARROW:
            words += f", {unusual} not at default"
        return (*marks, Part(f"{words}, {locked} locked" if locked else words, "muted"))

    def hint(self) -> str:
        """Harbor's own name for it; on a narrow screen what it means, which has no column there."""
        line: SettingLine | None = self.table.current
        if line is None or (line.folds and self._roomy):
            return ""
        if not self._roomy:
            return self.resource.says(line)
        default = line.known.default
        usual = f", usually {line.known.kind.says(default)}" if line.unusual else ""
        return f"{line.key}{usual}{self._before(line)}"

    def _before(self, line: SettingLine) -> str:
        """When it was seen to be otherwise."""
        if not (line.moved and line.seen):
            return ""
        until = self.session.clock.full(line.seen.until)
        return f", {line.was} was last seen {until}; d has candidates"

    @property
    def _roomy(self) -> bool:
        return self.table.wide or self.size.width >= NARROW

    def feet(self) -> Feet:
        """The keys; with little room the doors are named together."""
        return doors.together(super().feet(), self.size.width)

    def refusal_of(self, action: str) -> str:
        """The reason why a door or a verb is refused."""
        line: SettingLine | None = self.table.current
        if action == "choose" and line is not None and line.folds:
            return ""
        verb = EDIT if action == "choose" else action
        return doors.refused(self.session, self.configuration, action) or super().refusal_of(verb)

    @work(exclusive=True, group="dialog")
    async def action_door(self, setting: str) -> None:
        """Move a door."""
        await doors.turn(self, self.configuration, setting)

    def action_choose(self) -> None:
        """Edit a setting, or unfold a group, or fold it again."""
        line: SettingLine | None = self.table.current
        if line is not None and line.folds:
            self.listing.flip(line.key)
            self.show()
        else:
            self.action_do(EDIT)
