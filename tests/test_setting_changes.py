"""Settings are changed: only what changed is sent, once, and what comes of it is told."""

from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from harbortui.api import configuration as api
from harbortui.api import directories
from harbortui.api.directories import Ldap
from harbortui.api.errors import Conflict, Invalid, Refused
from harbortui.demo import DemoHarbor
from harbortui.resources import settings
from harbortui.resources.configuration import CONFIGURATION
from harbortui.resources.setting_forms import Sheet
from harbortui.resources.setting_line import lines

from .recorded import exchanges
from .setting_desk import filled, line
from .talking import Canned, talk


async def test_only_what_changed_is_sent_and_only_once(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    sent = await api.change(harbor, {"session_timeout": 60}, {"session_timeout": 90})
    assert sent == ("session_timeout",)
    assert [one.split("?")[0] for one in demo.requests] == [
        "GET /api/v2.0/configurations",
        "PUT /api/v2.0/configurations",
    ]
    assert [write.body for write in demo.writes] == [{"session_timeout": 90}]


async def test_what_is_so_already_is_not_sent(demo: DemoHarbor) -> None:
    assert await api.change(talk(demo), {"read_only": True}, {"read_only": False}) == ()
    assert demo.writes == []


async def test_two_administrators_see_both_values_and_nothing_is_overwritten(
    demo: DemoHarbor,
) -> None:
    demo.configuration["session_timeout"] = 30
    shown, wanted = {"session_timeout": 60}, {"session_timeout": 90, "token_expiration": 10}
    with pytest.raises(Conflict) as refused:
        await api.change(talk(demo), {**shown, "token_expiration": 30}, wanted, settings.told)
    assert str(refused.value) == (
        "“Session timeout” was 60 minutes and is now 30 minutes: changed meanwhile, "
        "look again and repeat"
    )
    assert demo.writes == []


async def test_a_switch_is_no_number() -> None:
    given = {"oidc_verify_cert": {"value": 1, "editable": True}}
    canned = Canned({"GET /configurations": given})
    with pytest.raises(Conflict):
        await api.change(canned.harbor, {"oidc_verify_cert": True}, {"oidc_verify_cert": False})
    assert await api.change(canned.harbor, {"oidc_verify_cert": 1}, {"oidc_verify_cert": True})
    assert canned.sent == [{"oidc_verify_cert": True}]


async def test_what_harbor_has_locked_is_not_sent(demo: DemoHarbor) -> None:
    with pytest.raises(Refused, match="auth_mode is locked by Harbor: nothing was sent"):
        await api.change(talk(demo), {"auth_mode": "db_auth"}, {"auth_mode": "ldap_auth"})
    assert demo.writes == []


async def test_what_harbor_refuses_and_stores_all_the_same_is_told(demo: DemoHarbor) -> None:
    key = "audit_log_forward_endpoint"
    with pytest.raises(Invalid) as refused:
        await api.change(talk(demo), {key: ""}, {key: "127.0.0.1:1"}, settings.told)
    assert str(refused.value) == (
        "bad request: could not connect to the audit endpoint: 127.0.0.1:1; "
        "but Harbor has stored “Forward to” all the same"
    )


async def test_a_refusal_is_in_harbors_words(demo: DemoHarbor) -> None:
    with pytest.raises(Invalid, match="the session_timeout value must be positive") as refused:
        await api.change(talk(demo), {"session_timeout": 60}, {"session_timeout": 0})
    assert "stored" not in str(refused.value)


async def test_secrets_are_sent_and_never_shown(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    wanted = {"oidc_client_secret": SecretStr("geheim"), "uaa_client_secret": SecretStr("streng")}
    shown = {"oidc_client_secret": None, "uaa_client_secret": SecretStr("")}
    assert await api.change(harbor, shown, wanted) == ("oidc_client_secret", "uaa_client_secret")
    assert demo.configuration["uaa_client_secret"] == "streng"
    assert demo.configuration["oidc_client_secret"] == "geheim"
    found = await api.read(harbor)
    assert "streng" not in repr(found) and "streng" not in str(found.model_dump(mode="json"))
    assert await api.raw(harbor, ["uaa_client_secret"]) == {
        "uaa_client_secret": {"value": "*****", "editable": True}
    }
    for one in lines(found):
        if one.key in wanted:
            told = (one.says, str(one.cell), str(CONFIGURATION.copies("", one)), repr(one))
            assert not any("streng" in words or "geheim" in words for words in told)
            assert str(Sheet(one.members, one.configuration).form()).count("streng") == 0
    assert line("uaa_client_secret").says == "not set"
    assert line("uaa_client_secret", uaa_client_secret="x").says == "set"
    assert line("oidc_client_secret").says == "set or not: Harbor does not say"


async def test_a_typed_secret_is_sent_and_an_empty_one_is_not() -> None:
    assert filled("oidc_client_secret", SecretStr("new")) == {
        "oidc_client_secret": SecretStr("new")
    }
    assert filled("oidc_client_secret", SecretStr("")) == {}


def ping(path: str) -> Any:
    """Recorded attempts to reach a directory or a provider."""
    return [one for one in exchanges("writes-configuration") if one.path == path]


async def test_a_directory_is_tried_as_recorded() -> None:
    silent, without = ping("/ldap/ping")
    canned = Canned({"POST /ldap/ping": silent.value})
    directory = Ldap.model_validate(silent.body)
    with pytest.raises(Invalid, match="could not be used: ldap server network timeout"):
        await directories.try_ldap(canned.harbor, directory)
    assert silent.body.items() <= canned.sent[0].items()
    canned = Canned({"POST /ldap/ping": without.value})
    with pytest.raises(Invalid, match="empty password"):
        await directories.try_ldap(canned.harbor, Ldap())
    assert "ldap_search_password" not in canned.sent[0]


async def test_a_provider_is_tried_as_recorded() -> None:
    silent = ping("/system/oidc/ping")[0]
    answer = httpx.Response(silent.status, json=silent.value)
    canned = Canned({"POST /system/oidc/ping": answer})
    with pytest.raises(Invalid, match="failed to verify connection"):
        await directories.try_oidc(canned.harbor, **silent.body)
    assert canned.sent == [silent.body]


# What the lines say.
