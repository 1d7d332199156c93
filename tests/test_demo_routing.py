"""Which function answers which path."""

import httpx
import pytest

from harbortui.demo.routing import route


def test_a_path_is_answered_by_one_function() -> None:
    with pytest.raises(ValueError, match="is answered by another function already"):

        @route("GET", "/labels/{n}")
        def other(_demo: object, _request: httpx.Request, _n: str) -> httpx.Response:
            raise AssertionError("it answers nothing")
