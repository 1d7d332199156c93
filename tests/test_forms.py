"""Forms by keys: every sort of field, what shows when, errors where they belong, one write."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr
from textual.widgets import Input, TextArea

from harbortui.api.form import Form, Labels, Lines, Shown, Size
from harbortui.widgets import fields
from harbortui.widgets.plan import plan

from .console import lines, until, words
from .form_desk import Pair, form


class Plain(Form):
    name: str = Field(title="Name", description="as people say it", min_length=1)
    count: int = Field(3, title="Count", ge=1)
    on: bool = Field(False, title="On")
    level: Annotated[Literal[1, 2, 3], Labels({1: "low", 2: "middle", 3: "high"})] = Field(
        2, title="Level"
    )
    password: SecretStr = Field(SecretStr(""), title="Password")
    quota: Size = Field(2**30, title="Quota")
    note: Annotated[str, Lines] = Field("", title="Note")
    maybe: str | None = Field(None, title="Maybe")


async def test_no_cursor_blinks() -> None:
    async with form(Plain) as desk:
        typed = [*desk.screen.query(Input), *desk.screen.query(TextArea)]
        assert len(typed) == 6
        assert not [field for field in typed if field.cursor_blink]


async def test_every_simple_field_is_filled_by_keys() -> None:
    async with form(Plain) as desk:
        assert desk.line.startswith("Name")
        await desk.type("a thing")
        await desk.press("tab", "backspace", "7", "tab", "space", "tab", "right")
        await desk.press("tab", *"hunter2", "tab", "ctrl+u", *"5 GiB".replace(" ", ""))
        await desk.press("tab", *"one", "enter", *"two", "tab", "ctrl+s")
        made = await desk.gone()
        assert made == Plain(
            name="a thing",
            count=7,
            on=True,
            level=3,
            password=SecretStr("hunter2"),
            quota=5 * 2**30,
            note="one\ntwo",
            maybe=None,
        )


async def test_a_form_opens_as_it_was_filled_and_saves_unchanged() -> None:
    filled = Plain(name="x", count=9, on=True, level=1, quota=-1, note="n", maybe="m")
    async with form(Plain, filled) as desk:
        shown = words(desk.pilot.app)
        assert "[low]" in shown
        assert "[x] yes" in shown
        await desk.press("ctrl+s")
        assert await desk.gone() == filled


async def test_a_secret_is_masked_and_cannot_be_copied() -> None:
    async with form(Plain) as desk:
        masked = next(one for one in desk.screen.query(Input) if one.password)
        masked.focus()
        await desk.press(*"hunter2", "ctrl+a", "ctrl+c")
        assert "hunter2" not in words(desk.pilot.app)
        assert "hunter2" not in desk.pilot.app.clipboard


async def test_help_shows_below_the_field_that_has_the_focus() -> None:
    async with form(Plain) as desk:
        await desk.until("as people say it")
        await desk.press("tab")
        await until(desk.pilot, lambda: "as people say it" not in words(desk.pilot.app))


async def test_errors_stand_below_their_fields_and_the_first_has_the_focus() -> None:
    async with form(Plain) as desk:
        await desk.press("tab", "backspace", "x", "ctrl+s")
        await desk.until("✗ must not be empty")
        shown = lines(desk.pilot.app)
        name = next(n for n, one in enumerate(shown) if "Name" in one)
        assert "must not be empty" in shown[name + 1]
        assert desk.line.startswith("Name")
        assert "✗ a whole number" in words(desk.pilot.app)
        await desk.type("a")
        await until(desk.pilot, lambda: "must not be empty" not in words(desk.pilot.app))
        assert "✗ a whole number" in words(desk.pilot.app)
        await desk.press("tab", "backspace", "5", "ctrl+s")
        made = await desk.gone()
        assert made == Plain(name="a", count=5)


async def test_an_error_of_the_whole_stands_below_all_fields() -> None:
    async with form(Pair) as desk:
        await desk.press("a", "ctrl+s")
        await desk.until("✗ these are not the same")
        await desk.press("tab", "a", "ctrl+s")
        assert await desk.gone() == Pair(one="a", two="a")


class Push(Form):
    kind: Literal["push"] = Field("push", title="push")
    url: str = Field("", title="To", min_length=1)


class Pull(Form):
    kind: Literal["pull"] = Field("pull", title="pull")
    url: str = Field("", title="From", min_length=3)
    every: int = Field(5, title="Every")


class Copying(Form):
    way: Push | Pull = Field(Push(url="-"), discriminator="kind", title="Way")
    deep: Annotated[bool, Shown(lambda answers: answers["way"]["kind"] == "pull")] = Field(
        False, title="Deep"
    )


async def test_the_fields_of_the_chosen_case_show_and_count() -> None:
    async with form(Copying) as desk:
        assert "From" not in words(desk.pilot.app)
        await desk.press("right")
        await desk.until("From")
        assert "To " not in words(desk.pilot.app)
        assert "Deep" in words(desk.pilot.app)
        await desk.press("tab", "x", "ctrl+s")
        await desk.until("at least 3 characters")
        assert desk.line.startswith("From")
        await desk.press("y", "z", "ctrl+s")
        assert await desk.gone() == Copying(way=Pull(url="xyz", every=5))


def test_a_field_that_is_on_its_way_out_takes_no_words() -> None:
    fields.Field(plan(Plain)[0], "").say("what came too late")


async def test_what_was_typed_in_one_case_is_not_sent_in_another() -> None:
    async with form(Copying, Copying(way=Pull(url="abc", every=9), deep=True)) as desk:
        await desk.press("left", "tab", *"there", "ctrl+s")
        assert await desk.gone() == Copying(way=Push(url="there"))


class Nested(Form):
    class Inner(Form):
        host: str = Field("h", title="Host", min_length=1)

    inner: Inner = Field(Inner(), title="Where in the world it is")
    lines: tuple[Inner, ...] = Field((), title="Others")


async def test_a_group_has_a_heading_and_its_own_errors() -> None:
    async with form(Nested) as desk:
        assert "Where in the world it is" in words(desk.pilot.app)
        await desk.press("backspace", "ctrl+s")
        await desk.until("✗ must not be empty")
        await desk.press("z", "ctrl+s")
        assert await desk.gone() == Nested(inner=Nested.Inner(host="z"))


async def test_lines_of_forms_are_added_changed_and_removed() -> None:
    async with form(Nested) as desk:
        await desk.press("tab", "n")
        await until(desk.pilot, lambda: len(desk.pilot.app.screen_stack) == 3)
        await desk.press("backspace", "a", "ctrl+s")
        await until(desk.pilot, lambda: len(desk.pilot.app.screen_stack) == 2)
        await desk.press("n")
        await until(desk.pilot, lambda: len(desk.pilot.app.screen_stack) == 3)
        await desk.press("backspace", "b", "ctrl+s")
        await until(desk.pilot, lambda: len(desk.pilot.app.screen_stack) == 2)
        await desk.press("left", "e")
        await until(desk.pilot, lambda: len(desk.pilot.app.screen_stack) == 3)
        await desk.press("end", "c", "ctrl+s")
        await until(desk.pilot, lambda: len(desk.pilot.app.screen_stack) == 2)
        await desk.press("right", "D", "ctrl+s")
        made = await desk.gone()
        assert made == Nested(lines=(Nested.Inner(host="ac"),))


async def test_a_line_that_is_left_changes_nothing() -> None:
    filled = Nested(lines=(Nested.Inner(host="a"),))
    async with form(Nested, filled) as desk:
        await desk.press("tab", "e")
        await until(desk.pilot, lambda: len(desk.pilot.app.screen_stack) == 3)
        await desk.press("escape")
        await until(desk.pilot, lambda: len(desk.pilot.app.screen_stack) == 2)
        await desk.press("ctrl+s")
        assert await desk.gone() == filled
