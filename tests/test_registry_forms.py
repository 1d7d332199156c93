"""Registries elsewhere: tried, added, changed, deleted."""

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from harbortui.api import registries, registry_fields, registry_forms
from harbortui.api.errors import Invalid, NotFound
from harbortui.api.registry_forms import NewRegistry
from harbortui.demo import DemoHarbor

from .recorded import exchanges
from .talking import Canned, talk

HOSTILE = "a,b [x]/ü.+"
PEM = """-----BEGIN CERTIFICATE-----
MIIBijCCAS+gAwIBAgIUYpZOk2lbhveM8WxaBbf6I4/yBsAwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOY2EuZXhhbXBsZS5jb20wIBcNMjYxMTI0MTU0NTE4WhgPMjEy
NjEwMzExNTQ1MThaMBkxFzAVBgNVBAMMDmNhLmV4YW1wbGUuY29tMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEzmv6z1qrQr6GaAUnE8xWCZm6Egf/Jj2g0kNM6RGY
6Pn1HShPbqpcQi3IvKXR9vifz6mOTMhZdSK41QU2f/P0OaNTMFEwHQYDVR0OBBYE
FGLq1Nt31N0pxBLxlyxREqIwCNGGMB8GA1UdIwQYMBaAFGLq1Nt31N0pxBLxlyxR
EqIwCNGGMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAPYVnRwk
CBc/SpQUf3n2EI6j16OGE3My7zn0Rn19dJ32AiEA6to5Z6EVfeptEXgzwYR2Guh2
Ibxh0apcDAT4uxxhieo=
-----END CERTIFICATE-----
"""


def form(**values: object) -> NewRegistry:
    return NewRegistry(**{"name": "new", "url": "https://r.example.com", **values})


async def test_creating_sends_what_was_recorded() -> None:
    made = httpx.Response(201, headers={"Location": "/api/v2.0/registries/4"})
    canned = Canned({"POST /registries": made})
    wanted = exchanges("writes-replication")[0].body
    key, secret = wanted["credential"]["access_key"], wanted["credential"]["access_secret"]
    filled = form(
        name=wanted["name"],
        url=wanted["url"],
        insecure=True,
        access_key=key,
        access_secret=secret,
        description=wanted["description"],
    )
    assert await registry_forms.create(canned.harbor, None, filled) is None
    assert canned.asked == ["POST /registries"]
    assert canned.sent == [wanted]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": ""}, "name", "1 to 64"),
        ({"name": "  "}, "name", "1 to 64"),
        ({"name": "x" * 65}, "name", "1 to 64"),
        ({"url": ""}, "url", "begin with https"),
        ({"url": "r.example.com"}, "url", "begin with https"),
        ({"url": "ftp://r.example.com"}, "url", "begin with https"),
        ({"url": "https://not a url"}, "url", "an address such as"),
        ({"url": "https://"}, "url", "an address such as"),
        ({"url": "https://r.example.com:99999"}, "url", "not an address"),
        ({"url": "https://[::1"}, "url", "not an address"),
        ({"url": "https://me:secret@r.example.com"}, "url", "fields of their own"),
        ({"url": "https://r.example.com/?a=1"}, "url", r"no \?"),
        ({"type": "docker-hub", "url": ""}, "url", "begin with https"),
        ({"ca_certificate": "nonsense"}, "ca_certificate", "not a certificate"),
        ({"ca_certificate": PEM[:200]}, "ca_certificate", "not a certificate"),
        ({"ca_certificate": "Zürich"}, "ca_certificate", "not a certificate"),
    ],
)
def test_what_harbor_would_refuse_is_refused_at_its_field(
    values: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(ValidationError, match=words) as raised:
        form(**values)
    assert [problem["loc"] for problem in raised.value.errors()] == [(field,)]


def test_a_certificate_may_have_words_beside_it() -> None:
    noted = f"# Zürich, Hauptstelle\n{PEM}"
    assert form(ca_certificate=noted).ca_certificate == noted


def test_a_secret_is_in_no_error() -> None:
    with pytest.raises(ValidationError) as raised:
        form(name="", access_secret="hunter2")
    assert "hunter2" not in str(raised.value)


def test_a_known_address_needs_no_typed_one() -> None:
    filled = NewRegistry(type="docker-hub", name="hub", endpoint="https://hub.docker.com")
    assert filled.address == "https://hub.docker.com"
    assert filled.credential == {}


def test_a_key_file_goes_with_a_key_of_its_own() -> None:
    for kind, key in (("google-gcr", "_json_key"), ("quay", "json_file"), ("harbor", "")):
        assert form(type=kind, access_secret="{}").credential["access_key"] == key


async def test_addresses_belong_to_the_chosen_kind(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    hub = await registry_fields.endpoints(harbor, {"type": "docker-hub"})
    assert [choice.value for choice in hub] == ["https://hub.docker.com"]
    google = await registry_fields.endpoints(harbor, {"type": "google-gcr"})
    assert [choice.value for choice in google][-2:] == ["https://asia.gcr.io", ""]
    assert [choice.value for choice in await registry_fields.endpoints(harbor, {})] == [""]
    assert "Docker Hub" in [choice.label for choice in await registry_fields.kinds(harbor, {})]


async def test_a_registry_that_does_not_answer_is_refused_with_what_it_could_be(
    demo: DemoHarbor,
) -> None:
    demo.unreachable.add("gone.example.com")
    filled = form(type="docker-registry", url="https://gone.example.com")
    for attempt in (registry_forms.try_new(talk(demo), filled), _create(demo, filled)):
        with pytest.raises(Invalid, match="says Harbor, and no more") as raised:
            await attempt
        said = str(raised.value)
        assert "gone.example.com cannot be reached" in said
        assert "no Docker registry" in said
        assert "certificate" in said
        assert "core.log" in said
    assert [row["name"] for row in demo.registries.values()].count("new") == 0


async def _create(demo: DemoHarbor, filled: NewRegistry) -> str | None:
    return await registry_forms.create(talk(demo), None, filled)


async def test_a_kind_that_harbor_does_not_know_is_no_outage(demo: DemoHarbor) -> None:
    with pytest.raises(Invalid, match="Harbor cannot work with https"):
        await _create(demo, form(type="nonsense"))


async def test_trying_sends_the_secret_flat_and_makes_nothing(demo: DemoHarbor) -> None:
    filled = form(access_key="robot$x", access_secret="s3cret", insecure=True)
    said = await registry_forms.try_new(talk(demo), filled)
    assert said == "https://r.example.com answers, and takes the credentials."
    assert demo.writes[-1].path == "/registries/ping"
    assert demo.writes[-1].body == {
        "type": "harbor",
        "url": "https://r.example.com",
        "insecure": True,
        "credential_type": "basic",
        "access_key": "robot$x",
        "access_secret": "s3cret",
    }
    assert demo.registries.first(name="new") is None


@pytest.mark.parametrize("name", [HOSTILE, "größe/x", "a+b", "v1.0"])
async def test_a_registry_lives_whatever_it_is_called(demo: DemoHarbor, name: str) -> None:
    harbor = talk(demo)
    filled = form(name=name, access_key="me", access_secret="first", description="one")
    assert await registry_forms.create(harbor, None, filled) is None
    made = await registries.find(harbor, name)
    assert (made.type, made.url, made.status) == ("harbor", "https://r.example.com", "healthy")
    assert made.credential.access_secret == "*****"
    before = await registry_forms.fill(harbor, made)
    assert before.access_secret == SecretStr("")
    after = before.model_copy(update={"description": "two"})
    assert await registry_forms.update(harbor, made, before, after) is None
    assert demo.writes[-1].body == {"description": "two"}
    kept = demo.registries[made.id]
    assert kept["credential"]["access_secret"] == "first"
    assert await registries.delete(harbor, made) is None
    assert await registries.delete(harbor, made) == f"{name} was gone already"
    with pytest.raises(NotFound, match="there is no registry called"):
        await registries.find(harbor, name)


async def test_an_older_harbor_drops_the_certificate_and_we_say_so(demo: DemoHarbor) -> None:
    filled = form(ca_certificate=PEM)
    assert await _create(demo, filled) is None
    demo.version = "2.12.4"
    said = await _create(demo, form(name="older", ca_certificate=PEM))
    assert str(said).startswith("Saved, but this Harbor does not know “CA certificate”")
