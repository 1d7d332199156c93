import pytest
from pydantic import ValidationError

from harbortui.api import new_project
from harbortui.api.errors import Conflict, Refused
from harbortui.api.new_project import NewProject, Ordinary, ProxyCache
from harbortui.demo import DemoHarbor

from .recorded import exchanges
from .talking import talk


def made(**given):
    return NewProject.model_validate({"project_name": "rec-one", **given})


def sent(note, file="writes-projects"):
    return next(one.body for one in exchanges(file) if one.note == note)


@pytest.mark.parametrize(
    ("form", "body"),
    [
        (made(public=True, storage_limit="5 GiB"), sent("with a quota")),
        (
            made(
                project_name="rec-cache",
                storage_limit="1 GiB",
                kind={"kind": "proxy", "registry_id": 1},
            ),
            sent("proxy cache"),
        ),
    ],
)
def test_a_new_project_is_sent_as_harbor_was_sent_it(form, body):
    assert new_project.body(form) == body


def test_settings_are_sent_only_where_they_are_asked_for():
    assert new_project.body(made())["metadata"] == {"public": "false"}
    form = made(
        auto_scan=True,
        prevent_vul=True,
        severity="high",
        kind={
            "kind": "proxy",
            "registry_id": 1,
            "proxy_speed_kb": "100",
            "max_upstream_conn": "5",
            "proxy_cache_local_on_not_found": True,
        },
    )
    words = sent("metadata of later versions", "2.12/writes-newer-fields")["metadata"]
    assert new_project.body(form)["metadata"] == words | {
        "auto_scan": "true",
        "prevent_vul": "true",
        "severity": "high",
    }


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "1 to 255"),
        ("a" * 256, "1 to 255"),
        ("Rec One", "lower-case"),
        ("-a", "lower-case"),
        ("a--b", "lower-case"),
        ("a/b", "lower-case"),
        ("schlüssel", "lower-case"),
        ("a[b]", "lower-case"),
        ("a\n", "lower-case"),
    ],
)
def test_names_that_harbor_refuses_are_refused_before(name, words):
    with pytest.raises(ValidationError, match=words):
        made(project_name=name)


@pytest.mark.parametrize("name", ["a", "123", "rec.two-x_y", "data.science_lab-2", "a" * 255])
def test_names_that_harbor_takes_are_taken(name):
    assert made(project_name=name).project_name == name


@pytest.mark.parametrize("limit", ["0", "2000 PiB", "-5", "many"])
def test_limits_that_harbor_refuses_are_refused_before(limit):
    with pytest.raises(ValidationError):
        made(storage_limit=limit)


@pytest.mark.parametrize(
    ("typed", "speed"), [("", -1), ("10 Mbit/s", 10240), ("500", 500), ("64 kbps", 64)]
)
def test_bandwidth_is_typed_in_human_units(typed, speed):
    assert ProxyCache(registry_id=1, proxy_speed_kb=typed).proxy_speed_kb == speed


@pytest.mark.parametrize("typed", ["0", "fast", "-3", "10 GB", "99999999999", "3000000000"])
def test_bandwidths_that_mean_nothing_are_refused(typed):
    with pytest.raises(ValidationError):
        ProxyCache(registry_id=1, proxy_speed_kb=typed)
    with pytest.raises(ValidationError):
        ProxyCache(registry_id=1, max_upstream_conn=typed)


def test_a_proxy_cache_needs_a_registry_and_says_what_it_gets_unasked():
    with pytest.raises(ValidationError, match="registry_id"):
        made(kind={"kind": "proxy"})
    assert "pulled in the last 7 days" in str(NewProject.model_fields["kind"].description)


async def test_a_new_project_is_there_with_what_was_asked():
    demo = DemoHarbor()
    said = await new_project.create(talk(demo), None, made(public=True, storage_limit="5 GiB"))
    assert said is None
    project = demo.project("rec-one")
    assert project["metadata"] == {"public": "true"}
    limits = [row["hard"] for row in demo.quotas.values() if row["ref"]["name"] == "rec-one"]
    assert limits == [{"storage": 5 * 2**30}]


async def test_a_new_proxy_cache_reads_from_its_registry():
    demo = DemoHarbor()
    (choice, *_) = await new_project.upstreams(talk(demo), {})
    form = made(kind=ProxyCache(registry_id=choice.value, proxy_speed_kb=2048))
    assert await new_project.create(talk(demo), None, form) is None
    project = demo.project("rec-one")
    assert project["registry_id"] == choice.value
    assert project["metadata"]["proxy_speed_kb"] == "2048"
    assert project["metadata"]["retention_id"]


async def test_a_registry_that_is_gone_is_noticed_before_harbor_breaks_over_it():
    demo = DemoHarbor()
    form = made(kind=ProxyCache(registry_id=999))
    with pytest.raises(Refused, match="registry is gone"):
        await new_project.create(talk(demo), None, form)
    assert demo.writes == []


async def test_a_name_that_is_taken_is_refused_in_harbors_words():
    with pytest.raises(Conflict, match="The project named library already exists"):
        await new_project.create(talk(DemoHarbor()), None, made(project_name="library"))


async def test_settings_that_an_older_harbor_drops_are_named():
    demo = DemoHarbor()
    demo.version = "2.12.4"
    form = made(kind=ProxyCache(registry_id=1, max_upstream_conn=5))
    said = await new_project.create(talk(demo), None, form)
    assert said == "Saved, but this Harbor does not know “Connections”"


async def test_an_ordinary_user_hears_which_limit_he_got():
    demo = DemoHarbor()
    demo.configuration["storage_per_project"] = 2**30
    form = made(storage_limit="5 GiB")
    said = await new_project.create(talk(demo, "alice"), None, form)
    assert said == "rec-one is made, with the storage limit that this registry gives: 1 GiB"


async def test_the_form_begins_with_the_registrys_limit():
    demo = DemoHarbor()
    demo.configuration["storage_per_project"] = 10 * 2**30
    form = await new_project.blank(talk(demo), None)
    assert (form.storage_limit, form.project_name) == (10 * 2**30, "")
    assert isinstance(form.kind, Ordinary)
    assert (await new_project.blank(talk(demo, "alice"), None)).storage_limit == -1


async def test_registries_are_offered_with_what_is_wrong_with_them():
    demo = DemoHarbor()
    offered = await new_project.upstreams(talk(demo), {})
    assert {choice.value for choice in offered} == set(demo.registries)
    sick = [row["name"] for row in demo.registries.values() if row["status"] != "healthy"]
    labels = {choice.label.partition(" · ")[0]: choice.label for choice in offered}
    assert all("unhealthy" in labels[name] for name in sick)
    (refused,) = await new_project.upstreams(talk(demo, "alice"), {})
    assert "system administrators" in refused.unless
    demo.registries.clear()
    (missing,) = await new_project.upstreams(talk(demo), {})
    assert ":registries" in missing.unless
