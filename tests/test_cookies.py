import httpx

from harbortui.demo import DemoHarbor

from .talking import Canned, talk


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
