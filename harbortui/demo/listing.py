"""Lists as Harbor answers them: `q`, `sort`, pages, the total and the `Link` header."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote

import httpx

from . import query
from .answers import Json, answer, invalid
from .ondemand import OnDemand, Sort
from .query import Keys

LARGEST_PAGE = 100


def columns(*names: str, **read: query.Read) -> Keys:
    """The keys that `q` and `sort` know: fields by name, others with a function of the row."""
    fields: dict[str, query.Read] = {name: _field(name) for name in names}
    return fields | read


def _field(name: str) -> query.Read:
    return lambda row: row.get(name)


def listing(
    request: httpx.Request,
    rows: Sequence[Json],
    keys: Keys,
    order: str = "",
    show: Callable[[Json], Json] | None = None,
) -> httpx.Response:
    """A page of `rows` after `q` and `sort`; `order` is the default sort.

    `show` makes the answer of each row of the page. Rows may be any sequence: one that is made on
    demand is only sliced, as long as neither `q` nor `sort` asks for more.
    """
    found = filtered(request.url.params.get("q", ""), rows, keys)
    asked = sorts(request.url.params.get("sort", ""), keys)
    return page(request, ordered(found, asked or sorts(order, keys), keys), show)


def filtered(q: str, rows: Sequence[Json], keys: Keys) -> Sequence[Json]:
    """The rows that match a query; unknown keys match all."""
    terms = query.terms(q)
    if not terms:
        return rows
    if isinstance(rows, OnDemand):
        return rows.having(terms, keys)
    return [row for row in rows if all(query.matches(term, row, keys) for term in terms)]


def sorts(sort: str, keys: Keys) -> list[tuple[str, bool]]:
    """Known keys with whether they descend; unknown ones are dropped, as Harbor does."""
    asked = ((part.strip().lstrip("-"), part.strip().startswith("-")) for part in sort.split(","))
    return [(key, down) for key, down in asked if key in keys]


def ordered(rows: Sequence[Json], sorts: list[Sort], keys: Keys) -> Sequence[Json]:
    """The rows sorted by several keys, the first being the most important."""
    if isinstance(rows, OnDemand):
        return rows.sorted_by(sorts, keys) if sorts else rows
    for key, down in reversed(sorts):
        read = keys[key]
        rows = sorted(rows, key=lambda row, read=read: _sortable(read(row)), reverse=down)  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    return rows


def _sortable(value: object) -> tuple[bool, int | float | str]:
    """Numbers by size, texts by letters, missing values last, as PostgreSQL has them."""
    if isinstance(value, int | float):
        return (False, value)
    return (False, value) if isinstance(value, str) else (True, "")


def page(
    request: httpx.Request,
    rows: Sequence[Json],
    show: Callable[[Json], Json] | None = None,
    total: int | None = None,
) -> httpx.Response:
    """The page that a request asks for, with `X-Total-Count` and `Link`."""
    number, size = page_of(request)
    total = len(rows) if total is None else total
    shown = rows[(number - 1) * size : number * size] if size > 0 else rows
    body = [show(row) for row in shown] if show else list(shown)
    headers = {"X-Total-Count": str(total)}
    if link := _link(request, number, size, total):
        headers["Link"] = link
    return answer(body, headers=headers)


def page_of(request: httpx.Request) -> tuple[int, int]:
    """Page number and size: 1 and 10 by default, at most 100 (422); 0 means all."""
    number, size = (
        _whole(request, name, start) for name, start in (("page", 1), ("page_size", 10))
    )
    if size > LARGEST_PAGE:
        raise invalid("page_size in query should be less than or equal to 100")
    return max(number, 1), size


def _whole(request: httpx.Request, name: str, default: int) -> int:
    text = request.url.params.get(name) or str(default)
    if not re.fullmatch(r"-?\d+", text):
        raise invalid(f'{name} in query must be of type int64: "{text}"')
    return int(text)


def _link(request: httpx.Request, number: int, size: int, total: int) -> str:
    """`prev` and `next` as Harbor writes them: decoded, keys in alphabetical order."""
    if size <= 0:
        return ""
    links = []
    if number > 1:
        links.append(f'<{_address(request, number - 1, size)}>; rel="prev"')
    if number * size < total:
        links.append(f'<{_address(request, number + 1, size)}>; rel="next"')
    return " , ".join(links)


def _address(request: httpx.Request, number: int, size: int) -> str:
    params = dict(request.url.params) | {"page": str(number), "page_size": str(size)}
    path = unquote(request.url.raw_path.decode().partition("?")[0])
    written = "&".join(f"{key}={value}" for key, value in sorted(params.items()))
    return f"{path}?{written}".encode("ascii", "ignore").decode()
