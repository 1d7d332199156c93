"""An answer that cannot be read is told with the id under which Harbor's logs have it."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from harbortui.api import audit
from harbortui.api.errors import Unreadable
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Query

from .talking import Canned


class Thing(Model):
    id: int = 0


READS: dict[str, Callable[[Harbor], Awaitable[object]]] = {
    "get": lambda harbor: harbor.get("/things", Thing),
    "list": lambda harbor: harbor.list("/things", Thing),
    "page": lambda harbor: harbor.page("/things", Thing, Query()),
    "raw": lambda harbor: harbor.raw("/things"),
    "events": lambda harbor: audit.page(harbor, audit.Source(), "", "id"),
}
JSON = {"Content-Type": "application/json"}
ID = "7b2a01c4-3f5e-4c59-9d0b-6c1d8a7e2f11"


async def failure(read: str, headers: dict[str, str], content: bytes) -> Unreadable:
    answer = httpx.Response(200, headers=headers, content=content)
    harbor = Canned({"GET /things": answer, "GET /auditlog-exts": answer}).harbor
    with pytest.raises(Unreadable) as caught:
        await READS[read](harbor)
    return caught.value


@pytest.mark.fault("F21")
@pytest.mark.parametrize("read", READS)
async def test_what_is_no_json_names_the_request(read: str) -> None:
    for content in (b"{", b"nul", b'"text"', b"[" * 5000):
        error = await failure(read, {**JSON, "X-Request-Id": ID}, content)
        assert error.request_id == ID
        assert f"; look for {ID} in core.log" in str(error), content


@pytest.mark.parametrize("read", READS)
async def test_where_harbor_gave_no_id_none_is_named(read: str) -> None:
    error = await failure(read, JSON, b"{")
    assert error.request_id == ""
    assert "core.log" not in str(error)
