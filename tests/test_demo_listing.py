"""The demo's lists: what `q`, `sort` and pages mean to Harbor."""

import json
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbortui.demo.answers import Refusal
from harbortui.demo.listing import columns, listing

ROWS = [
    {"id": 1, "name": "api", "age": "2026-11-20T09:00:00.500Z", "on": True, "tags": ["v1"]},
    {"id": 2, "name": "API-2", "age": "2026-11-20T09:00:01.000Z", "on": False, "tags": []},
    {"id": 3, "name": "robot$ci+pusher", "age": "2026-11-21T00:00:00.000Z", "on": True},
    {"id": 4, "name": "~odd", "age": "0001-01-01T00:00:00.000Z", "on": False, "tags": ["V1"]},
]
KEYS = columns("id", "name", "on", op_time=lambda row: row["age"], tags=lambda row: row.get("tags"))


def ask(query: str = "", rows=ROWS, order: str = "") -> httpx.Response:
    request = httpx.Request("GET", f"http://demo/api/v2.0/things?{query}")
    return listing(request, rows, KEYS, order)


def found(q: str) -> list[int]:
    """The ids that a query finds, sent as Harbor wants it: escaped twice."""
    answer = ask("q=" + quote(quote(q, safe=""), safe=""))
    return [row["id"] for row in json.loads(answer.content)]


@pytest.mark.parametrize(
    ("q", "ids"),
    [
        ("name=api", [1]),
        ("name=~api", [1, 2]),
        ("name=\\~odd", [4]),
        ("name=robot$ci+pusher", [3]),
        ("id=2", [2]),
        ("id=[2~3]", [2, 3]),
        ("id=[3~]", [3, 4]),
        ("id=[~2]", [1, 2]),
        ("id={1 3 9}", [1, 3]),
        ("name={api ~odd}", [1, 4]),
        ("id=(1 3)", [1, 2, 3, 4]),
        ("on=true", [1, 3]),
        ("on=false,name=~api", [2]),
        ("name=api,name=~odd", [4]),
        ("op_time=[2026-11-20T09:00:00~2026-11-20T09:00:00]", []),
        ("op_time=[2026-11-20T09:00:00~2026-11-20T09:00:01]", [1, 2]),
        ("OpTime=[2026-11-21T00:00:00~]", [3]),
        ("nosuch=1", [1, 2, 3, 4]),
        ("tags=v1", [1]),
        ("tags=~v", [1]),
        ("tags=nil", [2]),
        ("tags=*", [1, 4]),
        ("tags=(v1 V1)", []),
    ],
)
def test_a_query_finds(q, ids):
    wanted = [row for row in ROWS if "tags" in row] if q.startswith("tags") else ROWS
    assert [one for one in found(q) if any(row["id"] == one for row in wanted)] == ids


@pytest.mark.parametrize(
    ("q", "status"),
    [("broken", 400), ("name=", 400), ("id=[1~2", 400), ("id=[5~x]", 500), ("id=x", 500)],
)
def test_a_malformed_query_is_refused(q, status):
    with pytest.raises(Refusal) as refused:
        found(q)
    assert refused.value.status == status


def test_a_query_that_is_escaped_once_loses_its_plus():
    assert json.loads(ask("q=name%3Drobot$ci%2Bpusher").content) == []


def test_pages_have_ten_rows_unless_asked_and_at_most_a_hundred():
    rows = [{"id": number} for number in range(250)]
    assert len(json.loads(ask("", rows).content)) == 10
    assert len(json.loads(ask("page_size=100", rows).content)) == 100
    assert len(json.loads(ask("page_size=0", rows).content)) == 250
    with pytest.raises(Refusal) as refused:
        ask("page_size=101", rows)
    assert refused.value.status == 422
    assert "less than or equal to 100" in refused.value.message


def test_a_page_tells_the_total_and_its_neighbours_decoded_and_in_order():
    answer = ask("sort=-id&q=id%3D%5B1~%5D&page_size=2&page=2", ROWS * 2)
    address = "/api/v2.0/things?page={}&page_size=2&q=id=[1~]&sort=-id"
    assert answer.headers["X-Total-Count"] == "8"
    assert answer.headers["Link"] == (
        f'<{address.format(1)}>; rel="prev" , <{address.format(3)}>; rel="next"'
    )
    assert "Link" not in ask().headers


def test_unknown_sorts_leave_the_default_order():
    assert [row["id"] for row in json.loads(ask("sort=nosuch", order="-id").content)] == [
        4,
        3,
        2,
        1,
    ]
    assert [row["id"] for row in json.loads(ask("sort=on,-id").content)] == [4, 2, 3, 1]


@given(st.integers(0, 60), st.integers(1, 100))
def test_pages_hold_every_row_once(count, size):
    rows = [{"id": number} for number in range(count)]
    pages = range(1, count // size + 2)
    seen = [json.loads(ask(f"page={page}&page_size={size}", rows).content) for page in pages]
    assert [row for page in seen for row in page] == rows
