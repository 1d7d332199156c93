import stat
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from pydantic import BaseModel, SecretStr, ValidationError

from harbortui import __version__
from harbortui.crash import KEPT, report, save
from harbortui.paths import Folder

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = "S3cret-Of-Admin"


class Person(BaseModel):
    age: int


def fail(password: str, kind: str) -> None:
    bearer = f"token of {password}"
    if kind == "pydantic":
        Person.model_validate({"age": bearer})
    if kind == "key":
        {}[password]
    if kind == "cause":
        try:
            int(bearer)
        except ValueError as error:
            raise RuntimeError("while counting") from error
    if kind == "group":
        raise ExceptionGroup("two", [ValueError("one"), KeyError(password)])
    raise ValueError(f"hostile \x1b[31m\n[/] {bearer}")


def caught(kind: str) -> Exception:
    try:
        fail(SECRET, kind)
    except (ValueError, LookupError, RuntimeError, ExceptionGroup) as error:
        return error
    raise AssertionError(kind)


KINDS = ("pydantic", "key", "cause", "group", "hostile")


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_says_where_and_what_without_values(kind):
    error = caught(kind)
    text = report(error, NOON, [SecretStr(SECRET), SecretStr("")])
    assert text.startswith(f"harbortui {__version__}, 2026-03-01 12:00:00 UTC\nPython 3.")
    assert type(error).__name__ in text
    assert "in fail\n" in text
    assert SECRET not in text
    assert text.replace("\n", "").isprintable()


def test_what_pydantic_did_not_like_is_not_repeated_even_when_nobody_knows_it_is_secret():
    text = report(caught("pydantic"), NOON)
    assert "pydantic_core._pydantic_core.ValidationError: age int_parsing" in text
    assert SECRET not in text


def test_causes_come_first_and_groups_are_opened():
    text = report(caught("cause"), NOON)
    assert text.index("builtins.ValueError") < text.index("which led to") < text.index("counting")
    group = report(caught("group"), NOON)
    assert "error 2 of the group" in group
    assert "builtins.ValueError: one" in group


@pytest.mark.parametrize("secret", ['it\'s \\ "odd"', "per%cent é", "x" * 400, "\x1btab\t"])
def test_a_secret_is_blotted_out_however_it_is_written(secret):
    for message in (secret, repr(secret), quote(secret), "x " * 120 + secret):
        text = report(RuntimeError(message), NOON, [SecretStr(secret)])
        assert "**********" in text
        assert secret[:4] not in text.partition("RuntimeError: ")[2].replace("x x ", "")


def test_a_long_line_of_causes_ends():
    error = ValueError("0")
    for number in range(1, 3000):
        following = ValueError(str(number))
        following.__cause__ = error
        error = following
    assert report(error, NOON).count("which led to") == 20


def test_errors_that_cause_each_other_end():
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    assert report(first, NOON).count("first") == 1


def test_a_deep_recursion_makes_a_short_report():
    def down(number: int) -> int:
        return down(number + 1)

    with pytest.raises(RecursionError) as found:
        down(0)
    text = report(found.value, NOON)
    assert text.count("in down") < 60
    assert "RecursionError" in text


def test_a_report_is_for_its_owner_alone_and_said_in_one_line(tmp_path):
    folder = Folder(tmp_path / "state")
    line = save(caught("hostile"), folder, NOON)
    path = folder.file("crash-20260301T120000Z.txt")
    assert line == f"harbortui has a bug (ValueError). The report, without your data, is in {path}"
    assert "in fail" in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_newest_reports_are_kept(tmp_path):
    for minute in range(KEPT + 5):
        save(caught("key"), Folder(tmp_path), NOON + timedelta(minutes=minute))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == KEPT
    assert names[-1] == "crash-20260301T121400Z.txt"


def test_where_no_report_can_be_written_the_line_says_why(tmp_path):
    assert save(caught("key"), Folder(None, "no home"), NOON) == (
        "harbortui has a bug (KeyError); no report could be written: no home."
    )
    (tmp_path / "file").touch()
    assert "no report could be written: " in save(caught("key"), Folder(tmp_path / "file"), NOON)


def test_validation_errors_of_ours_name_the_field():
    with pytest.raises(ValidationError) as found:
        Person.model_validate({})
    assert "age missing" in report(found.value, NOON)
