import pytest
from pydantic import ValidationError

from harbortui.api import project_deletion, project_settings, projects
from harbortui.api.errors import Conflict, Forbidden
from harbortui.api.project_settings import CacheSettings, OrdinarySettings
from harbortui.demo import DemoHarbor

from .talking import talk


async def edited(demo, name, who="admin", **new):
    """Fills the form of a project, changes it, saves it; what Harbor was sent, and what is said."""
    harbor = talk(demo, who)
    project = await projects.find(harbor, name)
    before = await project_settings.fill(harbor, project)
    after = type(before).model_validate({**before.model_dump(), **new})
    said = await project_settings.update(harbor, project, before, after)
    return [write.body for write in demo.writes], said


async def test_only_what_changed_is_sent():
    demo = DemoHarbor()
    bodies, said = await edited(demo, "billing", public=True, auto_scan=True)
    assert (bodies, said) == ([{"metadata": {"public": "true", "auto_scan": "true"}}], None)
    assert demo.project("billing")["metadata"]["public"] == "true"


async def test_nothing_is_sent_when_nothing_changed():
    bodies, said = await edited(DemoHarbor(), "payments")
    assert (bodies, said) == ([], "Nothing of payments was changed")


async def test_stopping_vulnerable_images_says_from_which_severity():
    bodies, _ = await edited(DemoHarbor(), "billing", prevent_vul=True)
    assert bodies == [{"metadata": {"prevent_vul": "true", "severity": "critical"}}]


async def test_hidden_fields_keep_what_they_held():
    demo = DemoHarbor()
    project = demo.project("payments")
    project["metadata"]["severity"] = "low"
    project["cve_allowlist"] = {"items": [{"cve_id": "CVE-2021-44228"}], "expires_at": 1999999999}
    hidden = {"prevent_vul": False, "reuse_sys_cve_allowlist": True}
    bodies, _ = await edited(demo, "payments", **hidden, severity="critical", cves="", expires="")
    words = {"prevent_vul": "false", "reuse_sys_cve_allowlist": "true"}
    assert bodies == [{"metadata": words}]
    assert project["cve_allowlist"]["items"]


async def test_an_allowlist_is_sent_whole_and_its_end_stays_to_the_second():
    demo = DemoHarbor()
    demo.project("payments")["cve_allowlist"] = {
        "items": [{"cve_id": "CVE-1"}],
        "expires_at": 1999999999,
    }
    bodies, _ = await edited(demo, "payments", cves="CVE-1\nCVE-2, CVE-1\n\n")
    allowed = [{"cve_id": "CVE-1"}, {"cve_id": "CVE-2"}]
    wanted = {"id": 4, "project_id": 4, "items": allowed, "expires_at": 1999999999}
    (sent,) = [body["cve_allowlist"] for body in bodies]
    assert {name: sent[name] for name in wanted} == wanted
    assert sent.keys() - wanted.keys() == {"creation_time", "update_time"}


async def test_the_last_day_of_an_allowlist_ends_with_that_day_in_utc():
    demo = DemoHarbor()
    bodies, _ = await edited(demo, "payments", cves="CVE-1", expires="2033-05-18")
    assert bodies[0]["cve_allowlist"]["expires_at"] == 2000073599
    harbor = talk(demo)
    project = await projects.find(harbor, "payments")
    assert (await project_settings.fill(harbor, project)).expires == "2033-05-18"
    bodies, _ = await edited(demo, "payments", expires="9999-12-31")
    assert bodies[-1]["cve_allowlist"]["expires_at"] == project_settings.LAST
    demo.writes.clear()
    bodies, _ = await edited(demo, "payments", expires="")
    assert "expires_at" not in bodies[0]["cve_allowlist"]


@pytest.mark.parametrize(
    "wrong", [{"cves": "CVE 1 [x]"}, {"expires": "31.1.2027"}, {"expires": "2027-02-30"}]
)
def test_what_harbor_would_answer_500_to_is_refused_before(wrong):
    with pytest.raises(ValidationError):
        OrdinarySettings.model_validate({"reuse_sys_cve_allowlist": False, **wrong})


async def test_a_proxy_cache_has_other_settings_than_an_ordinary_project():
    harbor = talk(DemoHarbor())
    cache = await project_settings.fill(harbor, await projects.find(harbor, "hub-cache"))
    other = await project_settings.fill(harbor, await projects.find(harbor, "payments"))
    assert isinstance(cache, CacheSettings)
    assert isinstance(other, OrdinarySettings)
    bodies, said = await edited(DemoHarbor(), "hub-cache", proxy_speed_kb="1 Mbit/s")
    assert (bodies, said) == ([{"metadata": {"proxy_speed_kb": "1024"}}], None)


async def test_a_setting_that_an_older_harbor_drops_is_named():
    demo = DemoHarbor()
    demo.version = "2.12.4"
    _, said = await edited(demo, "hub-cache", max_upstream_conn="5", public=False)
    assert said == "Saved, but this Harbor does not know “Connections”"


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ({"public": "true", "auto_scan": "true"}, None),
        ({"public": "true"}, "Saved, but this Harbor does not know “Scan on push”"),
        (
            {"public": "maybe", "auto_scan": "true"},
            "Saved, but Harbor has something else now for “Public”",
        ),
    ],
)
def test_what_harbor_kept_is_compared_with_what_it_was_sent(kept, said):
    sent = {"public": "true", "auto_scan": "true"}
    assert project_settings.not_kept(sent, kept, OrdinarySettings) == said


async def test_someone_elses_change_of_the_same_setting_is_not_overwritten():
    demo = DemoHarbor()
    harbor = talk(demo)
    project = await projects.find(harbor, "billing")
    before = await project_settings.fill(harbor, project)
    demo.project("billing")["metadata"] |= {"prevent_vul": "true", "severity": "low"}
    after = OrdinarySettings(public=True, prevent_vul=True, severity="high")
    with pytest.raises(Conflict, match=r"“Severity” of billing .* is now low or worse"):
        await project_settings.update(harbor, project, before, after)
    assert demo.writes == []
    after = OrdinarySettings(public=True)
    await project_settings.update(harbor, project, before, after)
    assert demo.writes[0].body == {"metadata": {"public": "true"}}


async def test_a_project_made_again_under_its_name_is_not_changed():
    demo = DemoHarbor()
    harbor = talk(demo)
    old = await projects.find(harbor, "billing")
    gone = old.model_copy(update={"project_id": 999})
    before = project_settings.settings(old)
    with pytest.raises(Conflict, match="deleted and made again"):
        await project_settings.update(harbor, gone, before, OrdinarySettings(public=True))
    with pytest.raises(Conflict, match="deleted and made again"):
        await project_deletion.delete(harbor, gone)
    assert demo.writes == []


async def test_an_ordinary_user_is_refused_by_harbor():
    with pytest.raises(Forbidden):
        await edited(DemoHarbor(), "library", who="bob", public=False)
