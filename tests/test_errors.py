"""What a failed answer stands for, in words."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbortui.api import errors
from harbortui.api.errors import (
    Conflict,
    Forbidden,
    HarborError,
    Invalid,
    NotFound,
    ServerFault,
    TooMany,
    Unauthorized,
    refused,
    retry_after,
)

ENVELOPE = b'{"errors": [{"code": "CONFLICT", "message": " project x already exists "}]}'

WORDLESS = (
    b"",
    b"<html>Bad Gateway</html>",
    b'{"errors": []}',
    b'{"errors": null}',
    b'{"errors": [7]}',
    b'{"errors": [{}]}',
    b"[" * 5000,
    b'{"errors": [{"message": "internal server error"}]}',
    b'{"x": ' + b"9" * 5000 + b"}",
    b"\xff",
)


def answered(status: int, content: bytes = b"", **headers: str) -> HarborError:
    response = httpx.Response(status, headers={k.replace("_", "-"): v for k, v in headers.items()})
    return refused(response, content)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Invalid),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (412, Conflict),
        (413, Invalid),
        (422, Invalid),
        (429, TooMany),
        (500, ServerFault),
        (502, ServerFault),
        (507, ServerFault),
        (418, HarborError),
    ],
)
def test_a_status_stands_for_an_error_in_harbors_words(status: int, kind: type) -> None:
    error = answered(status, ENVELOPE, x_request_id="r-1")
    assert type(error) is kind
    assert str(error) == "project x already exists"
    assert (error.status, error.code, error.request_id) == (status, "CONFLICT", "r-1")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "does not know these credentials, or the session has ended"),
        (403, "this account may not do that"),
        (404, "Harbor answered HTTP 404"),
        (429, "wants to be left alone"),
        (500, r"an internal error \(HTTP 500\); look for r-1 in core.log"),
        (502, r"no answer from Harbor's core behind its proxy \(HTTP 502\); it may be starting"),
        (503, "no answer from Harbor's core"),
        (504, "no answer from Harbor's core"),
    ],
)
def test_an_answer_without_words_gets_ours(status: int, words: str) -> None:
    for content in WORDLESS:
        with pytest.raises(HarborError, match=words):
            raise answered(status, content, x_request_id="r-1")


def test_a_fault_without_request_id_points_to_no_log() -> None:
    assert "core.log" not in str(answered(500))


def test_the_reason_phrase_is_never_shown() -> None:
    response = httpx.Response(500, extensions={"reason_phrase": b"\x1b[2J"})
    assert "\x1b" not in str(refused(response, b""))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("", 0.0),
        ("7", 7.0),
        ("0", 0.0),
        ("-5", 0.0),
        ("1000000000", errors.LONGEST_WAIT),
        ("9" * 400, errors.LONGEST_WAIT),
        ("soon", 0.0),
        ("²", 0.0),
        ("Mon, 01 Jan 2024 00:00:00 GMT", 0.0),
        ("Mon, 01 Jan 9999 00:00:00 -0000", errors.LONGEST_WAIT),
        ("Mon, 01 Jan 99999 00:00:00 GMT", 0.0),
        ("Mon, 01 Jan 2024 00:00:00 +99999999999999999", 0.0),
    ],
)
def test_how_long_to_wait_is_a_number_or_a_date_within_reason(value: str, seconds: float) -> None:
    response = httpx.Response(429, headers={"Retry-After": value.encode()})
    assert retry_after(response) == seconds
    error = refused(response, b"")
    assert isinstance(error, TooMany)
    assert error.wait == seconds


def test_a_date_to_wait_for_is_counted_from_now() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    assert 90 < retry_after(httpx.Response(429, headers={"Retry-After": soon})) <= 100


@given(st.text(st.characters(codec="latin-1", exclude_characters="\r\n")))
def test_no_value_of_retry_after_does_harm(value: str) -> None:
    response = httpx.Response(429, headers={"Retry-After": value.encode("latin-1")})
    assert 0 <= retry_after(response) <= errors.LONGEST_WAIT


@given(st.integers(400, 599), st.binary())
def test_no_body_of_a_refusal_does_harm(status: int, content: bytes) -> None:
    assert isinstance(answered(status, content), HarborError)


@pytest.mark.parametrize(
    ("message", "missing"),
    [
        ("path /api/v2.0/auditlog-exts was not found", True),
        ("project path was not found", False),
        ("label 7 not found", False),
    ],
)
def test_a_missing_path_is_told_from_a_missing_thing(message: str, missing: bool) -> None:
    assert NotFound(message).missing_route is missing


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("alice", "alice may not do that"),
        ("robot$probe-reader", "robot$probe-reader may not do that"),
        ("forbidden", "this account may not do that"),
        ("Only system admin can create project", "Only system admin can create project"),
    ],
)
def test_a_refusal_that_is_only_a_name_becomes_a_sentence(message: str, words: str) -> None:
    error = answered(
        403, b'{"errors": [{"code": "FORBIDDEN", "message": "%s"}]}' % message.encode()
    )
    assert isinstance(error, Forbidden)
    assert str(error) == words
