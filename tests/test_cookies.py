import re

import httpx
import pytest
from pydantic import SecretStr

from harbortui.api.errors import Forbidden, ServerFault, Unauthorized
from harbortui.api.harbor import Harbor
from harbortui.api.signin import SessionAuth, open_session
from harbortui.demo import DemoHarbor
from harbortui.demo.seed_people import password

from .talking import API, Canned, at_once, talk


async def test_writes_by_basic_auth_need_no_token_however_many_there_are():
    demo = DemoHarbor()
    harbor = talk(demo)
    for comment in ("first", "second"):
        await harbor.raw("/users/4")
        body = {"email": "bob@example.com", "realname": "Bob", "comment": comment}
        await harbor.write("PUT", "/users/4", body)
    assert demo.user("bob")["comment"] == "second"


async def test_a_cookie_that_is_handed_out_is_never_sent_back():
    given = {"set-cookie": "sid=1; Path=/; HttpOnly"}
    canned = Canned({"GET /health": httpx.Response(200, json={}, headers=given)})
    harbor = canned.harbor
    await harbor.raw("/health")
    await harbor.raw("/health")
    assert [headers.get("cookie") for headers in canned.headers] == [None, None]


async def test_a_list_for_nobody_is_not_taken_for_the_whole_when_the_session_has_ended():
    demo = DemoHarbor()
    harbor = talk(demo)
    await open_session(harbor, "admin", SecretStr(password("admin")))
    every = len(await harbor.raw("/projects"))
    demo.expire_sessions()
    for _ in range(2):
        with pytest.raises(Unauthorized, match="the session has ended"):
            await harbor.raw("/projects")
    await open_session(harbor, "admin", SecretStr(password("admin")))
    assert len(await harbor.raw("/projects")) == every


async def test_a_fault_of_the_server_does_not_end_the_session():
    given = {"set-cookie": "sid=2; Path=/; HttpOnly"}
    canned = Canned({"GET /health": httpx.Response(500, headers=given)})
    harbor = canned.harbor
    harbor.auth = SessionAuth()
    with pytest.raises(ServerFault):
        await harbor.raw("/health")
    canned.answers = {"GET /health": httpx.Response(200, json={})}
    await harbor.raw("/health")
    assert [headers.get("cookie") for headers in canned.headers] == [None, None]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            {"redirect_location": "https://harbor.example.com/c/oidc/login"},
            "^alice signs in with",
        ),
        (
            {"errors": [{"code": "FORBIDDEN", "message": "CSRF token invalid"}]},
            "^CSRF token invalid",
        ),
    ],
)
async def test_who_is_sent_to_an_oidc_provider_is_told_so(answer: object, told: str) -> None:
    def harbor(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(404, headers={"X-Harbor-CSRF-Token": "t"})
        return httpx.Response(403, json=answer)

    asked = Harbor(API, transport=httpx.MockTransport(harbor), pause=at_once)
    with pytest.raises((Unauthorized, Forbidden)) as raised:
        await open_session(asked, "alice", SecretStr("x"))
    assert re.search(told, f"{raised.value}")
