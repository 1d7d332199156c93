"""What Harbor sends and what it is asked: models, queries, pages, quoting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import quote

from pydantic import AfterValidator, BaseModel, ConfigDict, TypeAdapter, ValidationError

from harbortui.api.errors import Refused, Unreadable
from harbortui.api.exact import parsed


class Model(BaseModel):
    """Anything Harbor sends: unknown fields are newer Harbors, not errors."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, hide_input_in_errors=True, defer_build=True
    )


def in_utc(moment: datetime) -> datetime:
    """As Harbor means a moment of which it does not say the zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Moment = Annotated[datetime, AfterValidator(in_utc)]
"""When something was, in Harbor's models: it can be compared with any other."""

M = TypeVar("M", bound=BaseModel)
N = TypeVar("N", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Query:
    """Which part of a collection to ask for."""

    page: int = 1
    size: int = 100
    q: str = ""
    sort: str = ""

    def turn(self, page: int) -> Query:
        """The same query, another page (1 is the first)."""
        return replace(self, page=page)

    def params(self) -> dict[str, str | int]:
        """The query string. Harbor unescapes `q` once more than HTTP does (all versions)."""
        params: dict[str, str | int] = {"page": self.page, "page_size": self.size}
        if self.q:
            params["q"] = quote(self.q, safe="")
        if self.sort:
            params["sort"] = self.sort
        return params


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page of a collection; `bound`: the total is only known to be at least this."""

    items: list[M]
    total: int
    bound: bool = False
    unreadable: int = 0

    def map(self, change: Callable[[M], N]) -> Page[N]:
        """The same page of changed items."""
        return Page([change(item) for item in self.items], self.total, self.bound, self.unreadable)


def part(items: Sequence[M], query: Query) -> Page[M]:
    """A page of a collection that is here as a whole."""
    first = (query.page - 1) * query.size
    return Page(list(items[first : first + query.size]), len(items))


@dataclass(frozen=True, slots=True)
class Written:
    """What a write answered: mostly nothing but where the new thing is."""

    location: str
    content: bytes

    @property
    def name(self) -> str:
        """The last segment of the location: an id, or a name."""
        return self.location.rstrip("/").rpartition("/")[2]

    @property
    def number(self) -> int:
        """The id that the location ends with. Raises Unreadable."""
        if not (self.name.isascii() and self.name.isdigit()):
            raise Unreadable("Harbor has made it, and does not say its number: look at the list")
        return int(self.name)

    def read(self, kind: type[M]) -> M:
        """The body as a model. Raises Unreadable."""
        return read(kind, self.content)


def segment(name: str) -> str:
    """One path segment. Harbor wants a slash in a repository name encoded twice."""
    if name in {"", ".", ".."}:
        raise Refused(f"“{name}” is not a name that Harbor can be asked for")
    return quote(quote(name, safe=""), safe="") if "/" in name else quote(name, safe="")


def contains(field: str, text: str) -> str:
    """`q` for a field that holds this text, in any case. A comma cannot be said in `q`."""
    return f"{field}=~{_sayable(text)}" if text else ""


def equals(field: str, text: str) -> str:
    """`q` for a field that is exactly this text; Harbor takes one backslash off its beginning."""
    start = "\\" if text[:1] in {"~", "[", "{", "(", "\\"} else ""
    return f"{field}={start}{_sayable(text)}"


def both(*terms: str) -> str:
    """`q` for all of these terms, empty ones left out."""
    return ",".join(term for term in terms if term)


def _sayable(text: str) -> str:
    if "," in text:
        raise Refused("Harbor cannot search for a comma: leave it out")
    return text


@cache
def _list_of(model: type[M]) -> TypeAdapter[list[M]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]  # a type made at run time


def read(model: type[M], content: bytes) -> M:
    """One object; nulls count as absent. Raises Unreadable."""
    try:
        return model.model_validate_json(content)
    except ValidationError:
        return _again(model, parsed(content))


def read_list(model: type[M], content: bytes) -> tuple[list[M], int]:
    """A list, and how many of its rows cannot be read. Raises Unreadable when it is no list."""
    try:
        return _list_of(model).validate_json(content), 0
    except ValidationError:
        rows = parsed(content)
    if rows is None:
        return [], 0
    if not isinstance(rows, list):
        raise Unreadable("Harbor sent something else where a list was expected")
    items: list[M] = []
    for row in rows:
        try:
            items.append(_again(model, row))
        except Unreadable:
            continue
    return items, len(rows) - len(items)


def made(model: type[M], value: Any) -> M:
    """A model of plain JSON, as `raw` gives it; nulls count as absent. Raises Unreadable."""
    return _again(model, value)


def _again(model: type[M], value: Any) -> M:
    try:
        return model.model_validate(_without_nulls(value))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        at = f" (at “{where}”)" if where else ""
        raise Unreadable(f"Harbor's answer cannot be read{at}") from error


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value if item is not None]
    return value


def same(one: object, other: object) -> bool:
    """Equal, and of one JSON type: Python's True equals 1."""
    return type(one) is type(other) and one == other
