"""A form's model read as fields: of what sort they are, when they show, whose fault an error is."""

from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, SecretStr, ValidationError

from harbortui.api.form import UNLIMITED, Choices, Form, Labels, Lines, Shown, Size, Written
from harbortui.widgets.plan import Spec, flat, nested, placed, plan


async def none(*_: Any) -> list[Any]:
    return []


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Inner(Form):
    host: str = Field("here", title="Host")
    port: int = 443


class Push(Form):
    kind: Literal["push"] = "push"
    url: str = Field("", title="To", min_length=1)
    size: int = 7


class Pull(Form):
    kind: Literal["pull"] = Field("pull", title="pull, from there")
    url: str = Field("http://", title="From", min_length=1)
    inner: Inner = Inner()


class Line(Form):
    word: str


class Everything(Form):
    """One field of each sort."""

    name: str = Field(title="Name", description="as people say it", min_length=1)
    user_id: int = 3
    note: Annotated[str, Lines] = ""
    password: SecretStr = SecretStr("")
    on: bool = True
    level: Annotated[Literal[1, 2], Labels({1: "low", 2: "high"})] = 1
    colour: Colour = Colour.RED
    several: Annotated[frozenset[Literal["a", "b"]], Labels({"a": "A"})] = frozenset({"a"})
    registry: Annotated[int | None, Choices(none, depends=("on",))] = None
    many: Annotated[frozenset[str], Choices(none, free=True)] = frozenset()
    quota: Size = UNLIMITED
    maybe: str | None = None
    hidden: Annotated[str, Shown(lambda answers: answers["on"])] = ""
    inner: Annotated[Inner, Shown(lambda answers: answers["level"] == 2)] = Field(
        default_factory=Inner
    )
    way: Annotated[Push | Pull, Labels({"push": "push, from here"})] = Field(
        Pull(), discriminator="kind", title="Way"
    )
    lines: tuple[Line, ...] = ()
    price: Annotated[int, Written(lambda value: f"{value} €")] = 5


SPECS = plan(Everything)


def spec(*path: str) -> Spec:
    """The first field with this path."""
    return next(one for one in SPECS if one.path == path)


def test_every_type_has_its_sort_of_field_in_order() -> None:
    assert [(".".join(one.path), one.sort) for one in SPECS] == [
        ("name", "text"),
        ("user_id", "text"),
        ("note", "lines"),
        ("password", "secret"),
        ("on", "switch"),
        ("level", "choice"),
        ("colour", "choice"),
        ("several", "several"),
        ("registry", "choice"),
        ("many", "several"),
        ("quota", "text"),
        ("maybe", "text"),
        ("hidden", "text"),
        ("inner", "heading"),
        ("inner.host", "text"),
        ("inner.port", "text"),
        ("way.kind", "choice"),
        ("way.url", "text"),
        ("way.size", "text"),
        ("way.url", "text"),
        ("way.inner", "heading"),
        ("way.inner.host", "text"),
        ("way.inner.port", "text"),
        ("lines", "forms"),
        ("price", "text"),
    ]


def test_titles_help_and_defaults_come_from_the_model() -> None:
    assert (spec("name").title, spec("name").help) == ("Name", "as people say it")
    assert spec("user_id").title == "User id"
    assert spec("name").default is None
    assert spec("user_id").default == 3
    assert spec("way", "kind").default == "pull"
    assert spec("inner", "host").default == "here"
    assert spec("maybe").optional
    assert spec("registry").optional
    assert not spec("name").optional
    assert spec("lines").form is Line


def test_choices_have_words() -> None:
    def words(*path: str) -> list[tuple[Any, str]]:
        return [(one.value, one.label) for one in spec(*path).choices]

    assert words("level") == [(1, "low"), (2, "high")]
    assert words("colour") == [("red", "red"), ("blue", "blue")]
    assert words("several") == [("a", "A"), ("b", "b")]
    assert words("way", "kind") == [("push", "push, from here"), ("pull", "pull, from there")]


def test_values_are_written_as_they_are_typed() -> None:
    assert spec("quota").text(50 * 2**30) == "50 GiB"
    assert spec("quota").text(UNLIMITED) == ""
    assert spec("price").text(7) == "7 €"
    assert spec("user_id").text(7) == "7"
    assert spec("maybe").text(None) == ""


def test_choices_that_harbor_is_asked_for_know_what_they_depend_on() -> None:
    assert spec("registry").load is not None
    assert spec("registry").load.depends == ("on",)
    assert spec("many").load.free
    assert spec("way", "kind").load is None


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"on": True, "level": 1, "way": {"kind": "push"}}, {"hidden", "way.url", "way.size"}),
        (
            {"on": False, "level": 2, "way": {"kind": "push"}},
            {"inner", "inner.host", "inner.port", "way.url", "way.size"},
        ),
        (
            {"on": False, "level": 1, "way": {"kind": "pull"}},
            {"way.url", "way.inner", "way.inner.host", "way.inner.port"},
        ),
        ({"on": False, "level": 1}, set()),
    ],
)
def test_fields_show_when_their_case_is_chosen(answers: dict[str, Any], shown: set[str]) -> None:
    found = {".".join(one.path) for one in SPECS if one.conditions and one.shown(answers)}
    assert found == shown


def test_a_filled_form_is_taken_apart_and_put_together_again() -> None:
    form = Everything(name="a", way=Push(url="x"), lines=(Line(word="w"),), level=2)
    answers = flat(form, SPECS)
    shown = {one.path for one in SPECS if one.shown(nested(answers)) and one.sort != "heading"}
    again = nested({path: value for path, value in answers.items() if path in shown})
    assert Everything.model_validate(again) == form


def test_what_a_filled_form_does_not_have_keeps_its_default() -> None:
    found = flat(Everything(name="a", way=Push(url="x")), SPECS)
    assert ("way", "size") in found
    assert ("way", "inner", "host") not in found
    assert found["registry",] is None


def problems(**answers: Any) -> tuple[list[tuple[str, str]], list[str]]:
    """Fields with their errors, and errors of the whole, of a form with these answers."""
    with pytest.raises(ValidationError) as raised:
        Judged.model_validate(answers)
    known = {"on": True, "level": 1, **answers}
    specs = [one for one in plan(Judged) if one.shown(known)]
    found, rest = placed(raised.value, specs)
    return [(".".join(one.path), words) for one, words in found], rest


class Judged(Everything):
    """Has something against the whole as well."""

    def model_post_init(self, _: Any) -> None:
        if self.name == "whole":
            raise ValueError("not that")


def test_an_error_belongs_to_its_field() -> None:
    found, rest = problems(
        name="", user_id="x", way={"kind": "push", "url": ""}, level=2, inner={"port": "y"}
    )
    assert [path for path, _ in found] == ["name", "user_id", "inner.port", "way.url"]
    assert rest == []


def test_an_error_in_a_line_belongs_to_the_lines() -> None:
    found, _ = problems(name="a", lines=[{"word": "x"}, {}])
    assert [path for path, _ in found] == ["lines"]


def test_an_error_of_the_whole_is_said_of_the_whole_in_our_words() -> None:
    assert problems(name="whole") == ([], ["not that"])


def test_an_error_of_what_is_not_shown_is_said_of_the_whole() -> None:
    found, rest = problems(name="a", hidden=7, on=False, level=1)
    assert found == []
    assert len(rest) == 1
