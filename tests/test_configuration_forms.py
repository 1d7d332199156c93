"""Settings with forms of their own: LDAP, OIDC, the banner, events, secrets."""

from harbortui.demo import DemoHarbor
from harbortui.screens.configuration import ConfigurationScreen

from .console import console, type_in, until, words
from .test_configuration_screen import HERE, asked, edit, read_at_once, row

__all__ = ["read_at_once"]


async def test_ldap_is_set_up_together_and_tried(demo: DemoHarbor) -> None:
    async with console(demo, f"{HERE} ldap_url") as pilot:
        await pilot.press("x")
        await until(pilot, lambda: "Set up LDAP" in words(pilot.app))
        demo.writes.clear()
        await type_in(pilot, "ldap://127.0.0.1")
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "could not be used: empty password" in words(pilot.app))
        await pilot.press("tab", "tab", *"pw", "tab", *"dc")
        demo.configuration["ldap_filter"] = "(cn=x)"
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "ldap server network timeout" in words(pilot.app))
        assert [write.path.rpartition("/v2.0")[2] for write in demo.writes] == ["/ldap/ping"] * 2
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "✓ Saved 3 settings of LDAP." in words(pilot.app))
        assert demo.writes[-1].body == {
            "ldap_url": "ldap://127.0.0.1", "ldap_search_password": "pw", "ldap_base_dn": "dc"
        }  # fmt: skip


async def test_oidc_is_tried_with_what_stands_in_the_form(demo: DemoHarbor) -> None:
    async with console(demo, f"{HERE} oidc_endpoint") as pilot:
        await pilot.press("x")
        await until(pilot, lambda: "Set up OIDC" in words(pilot.app))
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "✗ there is no endpoint to try" in words(pilot.app))
        await pilot.press("tab", *"https", "colon", "slash", "slash", *"login.example.com")
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "✓ An OIDC provider answers there." in words(pilot.app))
        assert demo.writes[-1].body == {"url": "https://login.example.com", "verify_cert": True}


async def test_only_directories_and_providers_can_be_tried(demo: DemoHarbor) -> None:
    async with console(demo, f"{HERE} session_timeout") as pilot:
        await pilot.press("x")
        await until(pilot, lambda: "only LDAP and OIDC can be tried" in words(pilot.app))


async def test_a_banner_is_written_and_taken_away(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        await edit(pilot, "banner_message")
        await type_in(pilot, "maintenance tonight")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "maintenance tonight (warning)" in row(pilot, "Banner"))
        sent = {
            "banner_message": '{"message":"maintenance tonight","closable":false,"type":"warning"}'
        }
        assert demo.writes[-1].body == sent


async def test_events_that_are_not_recorded_are_chosen_from_those_there_are(
    demo: DemoHarbor,
) -> None:
    async with console(demo, HERE) as pilot:
        await edit(pilot, "disabled_audit")
        await until(pilot, lambda: asked(demo, "auditlog-exts/events"))
        await pilot.press("enter")
        await until(pilot, lambda: "delete_artifact" in words(pilot.app))
        await pilot.press("space", "enter")
        await until(pilot, lambda: "1: create_artifact" in words(pilot.app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "create_artifact" in row(pilot, "Events not recorded"))
        assert demo.configuration["disabled_audit_log_event_types"] == "create_artifact"


async def test_a_secret_is_on_no_screen(demo: DemoHarbor) -> None:
    demo.configuration["uaa_client_secret"] = "streng-geheim"
    async with console(demo, f"{HERE} uaa_client_secret") as pilot:
        assert "set" in row(pilot, "UAA: Client secret")
        for key in ("d", "y", "e"):
            await pilot.press(key)
            await until(pilot, lambda: not isinstance(pilot.app.screen, ConfigurationScreen))
            await pilot.pause()
            assert "streng" not in words(pilot.app)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, ConfigurationScreen))


async def test_hostile_values_are_made_visible(demo: DemoHarbor) -> None:
    demo.configuration["oidc_name"] = "\x1b]0;x\x07[bold]"
    async with console(demo, f"{HERE} oidc_name") as pilot:
        assert "\\x1b]0;x\\x07[bold]" in row(pilot, "OIDC: Provider")
