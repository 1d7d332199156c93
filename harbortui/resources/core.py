"""The words that a kind of thing is described with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from pydantic import BaseModel

from harbortui.shown import Cell, Column, Fact, Heading, Line, Once, Open, Part, Tone, When

if TYPE_CHECKING:  # so that what draws needs no httpx
    from harbortui.api.harbor import Harbor
    from harbortui.api.identity import Me
    from harbortui.api.model import Page, Query
    from harbortui.api.system import SystemInfo

__all__ = [
    "SELDOM",
    "Action",
    "Cell",
    "Child",
    "Column",
    "Create",
    "Edit",
    "Enrich",
    "Fact",
    "Heading",
    "Line",
    "Log",
    "Once",
    "Open",
    "Part",
    "Preset",
    "Ran",
    "Resource",
    "Tone",
    "When",
]

SELDOM = 86_400.0
"""Seconds between polls of what hardly changes or is large: `r` reads it again."""

P = TypeVar("P", contravariant=True)
T = TypeVar("T", bound=BaseModel)
F = TypeVar("F", bound=BaseModel)

Ran: TypeAlias = Awaitable[Once | str | None]
"""What a change comes to: nothing to say, a sentence of its own, or a secret to show once."""


@dataclass(frozen=True, slots=True)
class Preset(Generic[T]):
    """A named filter: Harbor's `q` (from the server's time, UTC), or a choice among loaded rows."""

    name: str
    q: str | Callable[[datetime], str] = ""
    keep: Callable[[T], bool] | None = None


@dataclass(frozen=True, slots=True)
class Child(Generic[T]):
    """A key that opens a list of what an item holds; the first whose `when` is true wins."""

    key: str
    resource: Callable[[], Resource[T, Any]]
    label: str = ""
    when: Callable[[T], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Create(Generic[P, F]):
    """A form for a new thing; `test` tries it without making it and returns what came of it."""

    form: type[F]
    run: Callable[[Harbor, P, F], Ran]
    test: Callable[[Harbor, F], Awaitable[str]] | None = None
    fill: Callable[[Harbor, P], Awaitable[F]] | None = None


@dataclass(frozen=True, slots=True)
class Edit(Generic[T, F]):
    """A form filled from an item; `run` gets the form as it was and as it is now."""

    fill: Callable[[Harbor, T], Awaitable[F]]
    run: Callable[[Harbor, T, F, F], Ran]
    test: Callable[[Harbor, T, F], Awaitable[str]] | None = None
    each: bool = False
    """One form for all marked items: `run` for each, with what `fill` gives for it as `before`."""
    title: Callable[[T], str] | None = None
    """What an action's form is called, when it is about more than the item."""


@dataclass(frozen=True, slots=True)
class Action(Generic[T]):
    """Any other verb: `run` on each marked item, or a `form` for one."""

    key: str
    name: str
    label: str
    run: Callable[[Harbor, T], Ran] | None = None
    form: Edit[T, Any] | None = None
    confirm: str = ""
    """A question with {} for what it is about, then what it means; empty: done at once."""
    goes: Callable[[Harbor, Sequence[T]], Awaitable[Sequence[str]]] | None = None
    """What the question says besides: consequences, counted now."""
    done: str = ""
    """A sentence with {} for when it has happened."""
    verb: str = "update"
    """Harbor's word for the permission."""
    needs: str = ""
    """The permission's noun, when it is not that of the kind."""
    since: str = ""
    typed: bool = False
    unless: Callable[[T], str] = lambda _: ""
    """Why not this item; empty: it may."""
    happened: Callable[[Harbor, T], Awaitable[bool]] | None = None
    """Read back whether it was done, when the answer was lost."""


@dataclass(frozen=True, slots=True)
class Enrich(Generic[T]):
    """What the list's answer lacks: `fields` are filled by `run`, for the rows in view."""

    fields: tuple[str, ...]
    run: Callable[[Harbor, Sequence[T]], Awaitable[Sequence[T]]]
    """The same items in the same order, with the fields filled."""
    lacks: Callable[[T], bool] = lambda _: False
    """Whether a filled row lacks them again, because it has changed."""


@dataclass(frozen=True, slots=True)
class Log(Generic[T]):
    """The log of a job, which `grows` while it runs, or another text; {} in `title` is of what."""

    read: Callable[[Harbor, T], Awaitable[str]]
    grows: Callable[[T], bool] = lambda _: False
    unless: Callable[[T], str] = lambda _: ""
    key: str = "l"
    label: str = "log"
    title: str = "log of {}"


@dataclass(frozen=True, eq=False)
class Resource(Generic[P, T]):
    """A kind of thing: the children `T` of a parent `P`, how they are shown, what can be done."""

    name: str
    """What is typed after `:`, a plural."""
    one: str
    """A single one, in sentences."""
    page: Callable[[Harbor, P, Query], Awaitable[Page[T]]]
    key: Callable[[T], Hashable]
    label: Callable[[T], str]
    columns: tuple[Column[T], ...]
    title: str = ""
    many: str = ""
    """Several, in sentences; empty: as the crumb says."""
    about: str = ""
    """One line for the menu."""
    aliases: tuple[str, ...] = ()
    size: int = 100
    order: str = ""
    """Harbor's sort as the list opens; unique, so that pages do not shuffle."""
    root: bool = True
    """Can be opened without a parent."""
    under: Callable[[], Resource[Any, Any]] | None = None
    """The kind of its parent, so that `:name parent` can find it."""
    group: Callable[[T], str] | None = None
    """The heading above rows that belong together, as long as they stand in Harbor's order."""
    sign: Callable[[T], Part | None] = lambda _: None
    """One sign for the gutter."""
    counted: Callable[[T], Part | None] = lambda _: None
    """A state whose rows are counted beside the number of all."""
    says: Callable[[T], str] = lambda _: ""
    """A sentence about the row at the cursor, for the status line."""
    find: Callable[[Harbor, str], Awaitable[T]] | None = None
    raw: Callable[[Harbor, T], Awaitable[Any]] | None = None
    facts: Callable[[Harbor, T], Awaitable[Sequence[Line]]] | None = None
    """Details said in our words, above what Harbor sent."""
    enrich: Enrich[T] | None = None
    search: str = ""
    """The field that `/` asks Harbor for; empty: `/` filters what is loaded."""
    text: Callable[[T], str] | None = None
    """What `/` looks at here; else every cell."""
    filters: tuple[Preset[T], ...] = ()
    children: tuple[Child[T], ...] = ()
    log: Log[T] | None = None
    opens: Callable[[T], Open | None] | None = None
    """Where enter leads from an item that stands for something else."""
    events: Callable[[T], str] | None = None
    """The audit log's filter for this item, in its own language."""
    trail: Callable[[T], str] | None = None
    """`A`: the events about this item, when `events` are those by it."""
    silent: str = ""
    """Why there are no audit events of this kind."""
    copies: Callable[[str, T], Sequence[tuple[str, str]]] = lambda _registry, _item: ()
    """What `c` offers besides the name: title and text; gets the registry's host."""
    create: Create[P, Any] | None = None
    edit: Edit[T, Any] | None = None
    delete: Callable[[Harbor, T], Ran] | None = None
    goes: Callable[[Harbor, Sequence[T]], Awaitable[Sequence[str]]] | None = None
    """What a deletion takes with it, counted now."""
    typed: bool = False
    """Deleting wants the name typed."""
    stays: Callable[[T], str] = lambda _: ""
    """Why this item cannot be deleted."""
    fixed: Callable[[T], str] = lambda _: ""
    """Why this item cannot be edited."""
    closed: Callable[[Me, P], str] = lambda *_: ""
    """Why such an account can make none here."""
    against: Callable[[Me, SystemInfo, str, T | None], str] = lambda *_: ""
    """What who I am, or how people sign in, has against a verb or an action by its name."""
    actions: tuple[Action[T], ...] = ()
    needs: str = ""
    """Harbor's permission noun; the verb is added."""
    since: str = ""
    """The lowest Harbor that has this kind."""
    admin: bool = False
    """For system administrators only."""
    writable: bool = False
    """Harbor lets it be changed also while the registry is read-only."""
    project_of: Callable[[Any], int | None] = lambda _: None
    """The id of the project, of a parent or of an item, whose permissions count."""
    empty: str = ""
    """What an empty list says, and the key that helps."""
    interval: float = 10.0
    """Seconds between polls."""
    busy: Callable[[T], bool] = lambda _: False
    """While such a row is in view, something goes on: the list is read every 2 s."""

    @property
    def heading(self) -> str:
        """The crumb."""
        return self.title or self.name

    @property
    def several(self) -> str:
        """Two of them, or none, in sentences."""
        return self.many or self.heading
