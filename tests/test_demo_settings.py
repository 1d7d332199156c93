"""Settings and health of the demo, and what they do elsewhere."""

import httpx
import pytest

from harbortui.demo import DemoHarbor
from harbortui.demo.settings import DEFAULTS

from .replay import connect

ROOT = "/api/v2.0"
SETTINGS = "/configurations"


async def call(client: httpx.AsyncClient, method: str, path: str, body=None) -> httpx.Response:
    return await client.request(method, f"{ROOT}{path}", json=body)


async def admin_of(demo: DemoHarbor) -> httpx.AsyncClient:
    return await connect(demo, "admin", "session")


def message(answer: httpx.Response) -> str:
    return answer.json()["errors"][0]["message"]


async def test_only_what_is_sent_changes_and_one_event_tells_of_it(demo):
    admin = await admin_of(demo)
    before = (await call(admin, "GET", SETTINGS)).json()
    await call(admin, "PUT", SETTINGS, {"session_timeout": 90, "no_such_setting": 1})
    after = (await call(admin, "GET", SETTINGS)).json()
    assert {key for key in after if after[key] != before[key]} == {"session_timeout"}
    assert demo.audit.stored[-1].kind == "update_configuration"


async def test_secrets_can_be_set_and_are_never_answered(demo):
    admin = await admin_of(demo)
    await call(admin, "PUT", SETTINGS, {"ldap_search_password": "hush", "oidc_client_secret": "x"})
    assert demo.configuration["ldap_search_password"] == "hush"
    answer = await call(admin, "GET", SETTINGS)
    assert "hush" not in answer.text
    assert set(answer.json()) == {*DEFAULTS, "scan_all_policy"}


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"read_only": "yes"}, 422, "cannot unmarshal string"),
        ({"session_timeout": True}, 422, "cannot unmarshal bool"),
        ({"oidc_client_secret": 1}, 422, "of type string"),
        ({"robot_token_duration": 0}, 400, "must be positive"),
        ({"storage_per_project": -5}, 400, "storage_per_project"),
        ({"robot_name_prefix": "  "}, 400, "prefix"),
        ({"ldap_scope": 3}, 400, "ldap scope"),
        ({"ldap_url": ""}, 400, "can not be empty"),
        ({"skip_audit_log_database": True}, 400, "skip_audit_log_database"),
        ({"ldap_group_search_filter": "(x=y)"}, 400, "is empty"),
        ({"auth_mode": "oidc_auth"}, 400, "cannot be modified"),
    ],
)
async def test_a_value_that_makes_no_sense_is_refused_and_nothing_changes(
    demo, change, status, words
):
    admin = await admin_of(demo)
    before = dict(demo.configuration)
    refused = await call(admin, "PUT", SETTINGS, change)
    assert refused.status_code == status
    assert words in message(refused)
    assert demo.configuration == before


async def test_an_address_for_the_audit_log_where_nobody_listens_is_refused_and_kept(demo):
    admin = await admin_of(demo)
    place = {"audit_log_forward_endpoint": "syslog.example.com:1"}
    assert (await call(admin, "PUT", SETTINGS, place)).status_code == 400
    assert demo.configuration["audit_log_forward_endpoint"] == "syslog.example.com:1"
    good = {"audit_log_forward_endpoint": "syslog.example.com:514"}
    assert (await call(admin, "PUT", SETTINGS, good)).status_code == 200


async def test_the_authentication_can_change_while_admin_is_alone(demo):
    admin = await admin_of(demo)
    assert (await call(admin, "GET", SETTINGS)).json()["auth_mode"]["editable"] is False
    for number in [key for key in demo.users if key != 1]:
        del demo.users[number]
    assert (await call(admin, "GET", SETTINGS)).json()["auth_mode"]["editable"] is True
    assert (await call(admin, "PUT", SETTINGS, {"auth_mode": "oidc_auth"})).status_code == 200
    assert (await call(admin, "PUT", SETTINGS, {"auth_mode": "nonsense"})).status_code == 400


async def test_without_the_database_nothing_is_audited_any_more(demo):
    admin = await admin_of(demo)
    demo.configuration["audit_log_forward_endpoint"] = "syslog.example.com:514"
    await call(admin, "PUT", SETTINGS, {"skip_audit_log_database": True})
    before = len(demo.audit.stored)
    await call(admin, "POST", "/projects", {"project_name": "unseen"})
    assert len(demo.audit.stored) == before


async def test_types_of_events_can_be_switched_off(demo):
    admin = await admin_of(demo)
    await call(
        admin, "PUT", SETTINGS, {"disabled_audit_log_event_types": "create_project,login_user"}
    )
    before = len(demo.audit.stored)
    await call(admin, "POST", "/projects", {"project_name": "unseen"})
    await connect(demo, "alice", "session")
    assert len(demo.audit.stored) == before
    await call(admin, "DELETE", "/projects/unseen")
    assert demo.audit.stored[-1].kind == "delete_project"


async def test_another_prefix_renames_the_robots_and_keeps_their_secrets(demo):
    admin = await admin_of(demo)
    secret = demo.passwords["robot$mirror"]
    await call(admin, "PUT", SETTINGS, {"robot_name_prefix": "bot_"})
    assert demo.robots.first(name="bot_mirror")
    assert demo.passwords["bot_mirror"] == secret
    assert "robot$mirror" not in demo.passwords


async def test_read_only_refuses_writes_but_not_its_own_end(demo):
    admin = await admin_of(demo)
    await call(admin, "PUT", SETTINGS, {"read_only": True})
    refused = await call(admin, "POST", "/system/gc/schedule", {"schedule": {"type": "Manual"}})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "DENIED")
    assert (await call(admin, "PUT", SETTINGS, {"read_only": False})).status_code == 200


async def test_health_names_the_component_that_is_ill(demo):
    stranger = await connect(demo, "", "anonymous")
    assert (await call(stranger, "GET", "/health")).json()["status"] == "healthy"
    demo.components["registry"] = "failed to check health: connection refused"
    health = (await call(stranger, "GET", "/health")).json()
    assert health["status"] == "unhealthy"
    ill = [row for row in health["components"] if row["status"] != "healthy"]
    assert ill == [
        {
            "name": "registry",
            "status": "unhealthy",
            "error": "failed to check health: connection refused",
        }
    ]


async def test_strangers_are_told_less_about_the_registry(demo):
    stranger, admin = await connect(demo, "", "anonymous"), await admin_of(demo)
    told = (await call(stranger, "GET", "/systeminfo")).json()
    known = (await call(admin, "GET", "/systeminfo")).json()
    assert known["harbor_version"] == "v2.15.2-080b0220"
    assert set(told) < set(known)
    assert "harbor_version" not in told
    demo.version = "2.12.4"
    assert (
        (await call(stranger, "GET", "/systeminfo")).json()["harbor_version"].startswith("v2.12.4")
    )


async def test_the_disk_has_a_size_and_some_of_it_is_free(demo):
    admin = await admin_of(demo)
    [disk] = (await call(admin, "GET", "/systeminfo/volumes")).json()["storage"]
    assert (disk["total"] >> 30, disk["free"] >> 30) == (252, 69)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            {"ldap_url": "ldaps://ldap.example.com", "ldap_search_password": "right"},
            {"success": True},
        ),
        ({"ldap_url": "ldaps://ldap.example.com"}, {"message": "error: empty password"}),
    ],
)
async def test_a_directory_is_tried_with_what_is_given(demo, body, said):
    admin = await admin_of(demo)
    assert (await call(admin, "POST", "/ldap/ping", body)).json() == said


async def test_an_oidc_provider_is_tried(demo):
    admin = await admin_of(demo)
    good = {"url": "https://login.example.com", "verify_cert": True}
    assert (await call(admin, "POST", "/system/oidc/ping", good)).status_code == 200
    demo.unreachable.add("login.example.com")
    assert (await call(admin, "POST", "/system/oidc/ping", good)).status_code == 400


async def test_the_allowlist_is_replaced_and_doubles_break_it(demo):
    admin = await admin_of(demo)
    path = "/system/CVEAllowlist"
    one = {"cve_id": "CVE-2026-1"}
    assert (await call(admin, "PUT", path, {"items": [one, one]})).status_code == 500
    assert (
        await call(admin, "PUT", path, {"items": [one], "expires_at": 1800000000})
    ).status_code == 200
    assert (await call(admin, "GET", path)).json()["items"] == [one]


async def test_older_versions_have_fewer_settings_and_ignore_the_others(demo):
    demo.version = "2.8.6"
    admin = await admin_of(demo)
    known = (await call(admin, "GET", SETTINGS)).json()
    assert not {"banner_message", "oidc_logout"} & set(known)
    assert (await call(admin, "PUT", SETTINGS, {"banner_message": "x"})).status_code == 200
    assert demo.configuration["banner_message"] == ""
    assert "banner_message" not in (await call(admin, "GET", "/systeminfo")).json()
    assert "creator_type" not in (await call(admin, "GET", "/robots")).json()[0]
    assert (await call(admin, "GET", "/permissions")).status_code == 404
