"""What Harbor sends is read forgivingly; what it is asked is quoted exactly."""

import json
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, SecretStr

from harbortui.api import model
from harbortui.api.errors import Refused, Unreadable
from harbortui.api.exact import body_bytes, parsed
from harbortui.api.form import Form
from harbortui.api.model import Model, Page, Query, both, contains, equals, segment

from .talking import API, Canned


class Thing(Model):
    id: int
    name: str = ""
    tags: list[str] = Field(default_factory=list)
    made: datetime | None = None


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("library", "library"),
        ("a/b", "a%252Fb"),
        ("a/b/c+d", "a%252Fb%252Fc%252Bd"),
        ("v1.0+build", "v1.0%2Bbuild"),
        ("...", "..."),
        ("100%", "100%25"),
        ("a%2Fb", "a%252Fb"),
        ("Zoë [Ops]", "Zo%C3%AB%20%5BOps%5D"),
        ("sha256:ab?#", "sha256%3Aab%3F%23"),
        ("../x", "..%252Fx"),
    ],
)
def test_a_name_is_one_segment_of_the_path(name: str, quoted: str) -> None:
    assert segment(name) == quoted


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_names_that_mean_another_path_are_refused(name: str) -> None:
    with pytest.raises(Refused, match="not a name"):
        segment(name)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_every_name_arrives_as_it_was_meant(name: str) -> None:
    if name in {".", ".."}:
        return
    path = httpx.Request("GET", f"{API}/api/v2.0/projects/{segment(name)}").url.raw_path.decode()
    root, _, sent = path.rpartition("/")
    assert root == "/api/v2.0/projects"
    once = httpx.QueryParams(f"x={sent.replace('+', '%2B')}")["x"]
    twice = httpx.QueryParams(f"x={once.replace('+', '%2B')}")["x"] if "/" in name else once
    assert twice == name


def test_q_is_escaped_once_more_than_http_needs() -> None:
    assert Query(q="name=~a b&c").params()["q"] == "name%3D~a%20b%26c"


async def test_q_arrives_escaped_twice() -> None:
    canned = Canned({"GET /things": []})
    await canned.harbor.page("/things", Thing, Query(2, 50, "name=~50%", "name,id"))
    address = "/things?page=2&page_size=50&q=name%253D~50%2525&sort=name%2Cid"
    assert canned.asked == [f"GET {address}"]


def test_terms_of_q_leave_out_what_is_empty() -> None:
    assert both(contains("name", ""), equals("kind", "image"), "") == "kind=image"
    assert both(contains("name", "a"), equals("kind", "b")) == "name=~a,kind=b"


@pytest.mark.parametrize("text", ["~a", "[1", "{x", "(y", "\\z"])
def test_an_exact_term_that_begins_like_an_operator_is_escaped(text: str) -> None:
    assert equals("name", text) == f"name=\\{text}"


@pytest.mark.parametrize("term", [contains, equals])
def test_a_comma_cannot_be_searched_for(term) -> None:
    with pytest.raises(Refused, match="comma"):
        term("name", "a,b")


def test_nulls_count_as_absent() -> None:
    content = (
        b'[{"id": 1, "name": null, "tags": null, "made": null}, {"id": 2, "tags": ["a", null]}]'
    )
    things, unreadable = model.read_list(Thing, content)
    assert things == [Thing(id=1), Thing(id=2, tags=["a"])]
    assert unreadable == 0
    assert model.read(Thing, b'{"id": 3, "name": null}') == Thing(id=3)
    assert model.read_list(Thing, b"null") == ([], 0)


@pytest.mark.fault("F21")
def test_a_row_that_cannot_be_read_costs_that_row() -> None:
    content = b'[{"id": 1}, {"id": "x"}, null, {}, 7, {"id": NaN}, {"id": 5, "made": "yesterday"}]'
    things, unreadable = model.read_list(Thing, content)
    assert things == [Thing(id=1)]
    assert unreadable == 6


@pytest.mark.fault("F40")
def test_what_is_new_or_written_otherwise_does_no_harm() -> None:
    content = '[{"id": "12", "name": "ü", "new": {"deep": [1]}}, {"id": 9007199254740993}]'
    things, unreadable = model.read_list(Thing, content.encode())
    assert [thing.id for thing in things] == [12, 9007199254740993]
    assert unreadable == 0


@pytest.mark.fault("F21")
@pytest.mark.parametrize(
    ("written", "name"),
    [
        (r"\ud800", "\ufffd"),
        (r"a\uDFFFb\udbffc", "a\ufffdb\ufffdc"),
        (r"\ud83d\ude00\ud83d", "\U0001f600\ufffd"),
        (r"\ud83d\ud83d\ude00", "\ufffd\U0001f600"),
        (r"\\ud800 \\\ud800\\", "\\ud800 \\\ufffd\\"),
    ],
)
def test_half_a_character_costs_that_half(written: str, name: str) -> None:
    row = f'{{"id": 2, "name": "{written}", "unknown": "\\udc00"}}'
    content = f'[{{"id": 1, "name": "a"}}, {row}]'.encode()
    assert model.read_list(Thing, content) == ([Thing(id=1, name="a"), Thing(id=2, name=name)], 0)
    assert model.read(Thing, row.encode()).name == name
    assert parsed(row.encode())["unknown"] == "\ufffd"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[{",
        b'{"id": 1',
        b"<html>",
        b"\xef\xbb\xbf[]",
        b'[{"id": 1, "name": "\xe9"}]',
        b"[" * 100_000,
        b'[{"id": ' + b"9" * 5000 + b"}]",
    ],
)
def test_a_body_that_is_no_json_is_said_to_be_unreadable(content: bytes) -> None:
    for read in (model.read, model.read_list):
        with pytest.raises(Unreadable, match="cut short or is not JSON"):
            read(Thing, content)


@pytest.mark.parametrize("content", [b"{}", b'"x"', b"1", b'{"errors": []}'])
def test_something_else_than_a_list_is_said_to_be_so(content: bytes) -> None:
    with pytest.raises(Unreadable, match="where a list was expected"):
        model.read_list(Thing, content)


def test_an_object_that_cannot_be_read_is_named_by_its_place_and_not_repeated() -> None:
    with pytest.raises(Unreadable, match=r"\(at “id”\)") as raised:
        model.read(Thing, b'{"id": "hunter2"}')
    assert "hunter2" not in str(raised.value)
    with pytest.raises(Unreadable, match=r"cannot be read$"):
        model.read(Thing, b"null")


@given(st.binary())
def test_no_body_does_anything_but_be_read_or_refused(content: bytes) -> None:
    for read in (model.read, model.read_list):
        try:
            read(Thing, content)
        except Unreadable as error:
            assert str(error)


class Inner(Form):
    secret: SecretStr


class Filled(Form):
    name: str
    password: SecretStr
    inner: Inner
    several: frozenset[str] = frozenset()
    nothing: str | None = None
    until: datetime | None = None


def test_a_form_is_sent_with_its_secrets_and_without_what_was_not_said() -> None:
    filled = Filled(
        name="a",
        password=SecretStr("hunter2"),
        inner=Inner(secret=SecretStr("swordfish")),
        several=frozenset({"b", "a"}),
        until=datetime(2026, 11, 20, tzinfo=UTC),
    )
    assert json.loads(body_bytes(filled)) == {
        "name": "a",
        "password": "hunter2",
        "inner": {"secret": "swordfish"},
        "several": ["a", "b"],
        "until": "2026-11-20T00:00:00+00:00",
    }
    for shown in (repr(filled), str(filled), filled.model_dump_json()):
        assert "hunter2" not in shown
        assert "swordfish" not in shown


def test_a_secret_in_a_plain_body_is_revealed_there_only() -> None:
    assert body_bytes({"secret": SecretStr("x")}) == b'{"secret":"x"}'


def test_a_page_of_changed_items_counts_as_before() -> None:
    page = Page([Thing(id=1)], 7, True, 2).map(lambda thing: Thing(id=thing.id + 1))
    assert page == Page([Thing(id=2)], 7, True, 2)


@pytest.mark.fault("F35")
def test_a_moment_without_a_zone_can_be_compared_with_others() -> None:
    class Made(model.Model):
        at: model.Moment | None = None

    naive = model.read(Made, b'{"at": "2026-01-02T03:04:05"}').at
    assert naive == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert model.read(Made, b'{"at": "2026-01-02T04:04:05+01:00"}').at == naive
    assert model.read(Made, b'{"at": null}').at is None
