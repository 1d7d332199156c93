"""What is filled in about registries elsewhere, and the requests that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator

from harbortui.api.adapters import KINDS, PATH
from harbortui.api.changes import changed, unless_changed
from harbortui.api.errors import Refused
from harbortui.api.form import Choices, Form, Shown
from harbortui.api.harbor import Harbor
from harbortui.api.registries import Registry, get, still
from harbortui.api.registry_fields import (
    Authority,
    Description,
    Insecure,
    Key,
    Name,
    check_url,
    endpoints,
    kinds,
)
from harbortui.api.unhealthy import explained

LISTED = ("ali-acr", "aws-ecr", "docker-hub", "github-ghcr", "google-gcr")
"""Kinds whose addresses Harbor knows; those of others are typed."""
FIXED_KEYS = {"google-gcr": "_json_key", "quay": "json_file"}
"""Kinds that are signed in to with a file, the secret; the key says only that."""
BASIC = "basic"
NOTHING = SecretStr("")


class NewRegistry(Form):
    """A registry to be added."""

    type: Annotated[str, Choices(kinds)] = Field("harbor", title="Kind")
    name: Name = Field("", validate_default=True)
    endpoint: Annotated[
        str,
        Choices(endpoints, depends=("type",)),
        Shown(lambda answers: answers.get("type") in LISTED),
    ] = Field("", title="Endpoint")
    url: Annotated[
        str, Shown(lambda answers: answers.get("type") not in LISTED or not answers.get("endpoint"))
    ] = Field(
        "", title="URL", description="As in https://registry.example.com", validate_default=True
    )
    access_key: Key = ""
    access_secret: SecretStr = Field(
        NOTHING,
        title="Access secret",
        description="Password or token; of Google's registry and Quay the key file, as one line.",
    )
    insecure: Insecure = False
    ca_certificate: Authority = ""
    description: Description = ""

    @field_validator("url")
    @classmethod
    def _needed(cls, url: str, answers: ValidationInfo) -> str:
        return "" if answers.data.get("endpoint") else check_url(url)

    @property
    def address(self) -> str:
        """The address that was chosen or typed."""
        return self.endpoint or self.url

    @property
    def kind(self) -> str:
        """The adapter in words."""
        return KINDS.get(self.type, self.type)

    @property
    def credential(self) -> dict[str, Any]:
        """What Harbor signs in with there; empty when it does not."""
        return _credential(self.access_key, self.access_secret, self.type)


class EditRegistry(Form):
    """What can be changed of a registry; its kind cannot."""

    name: Name = ""
    url: Annotated[str, AfterValidator(check_url)] = Field("", title="URL")
    access_key: Key = ""
    access_secret: SecretStr = Field(
        NOTHING,
        title="Access secret",
        description="Nothing keeps the one that Harbor has, which it never shows.",
    )
    insecure: Insecure = False
    ca_certificate: Authority = ""
    description: Description = ""


def _credential(key: str, secret: SecretStr, kind: str) -> dict[str, Any]:
    if not key and not secret.get_secret_value():
        return {}
    return {"type": BASIC, "access_key": key or FIXED_KEYS.get(kind, ""), "access_secret": secret}


def _flat(credential: Mapping[str, Any]) -> dict[str, Any]:
    """Credentials as pings and changes take them."""
    return {"credential_type" if key == "type" else key: value for key, value in credential.items()}


async def create(harbor: Harbor, _: None, form: NewRegistry) -> str | None:
    """`POST /registries`, which pings first. Conflict for a name that is taken.

    Invalid, with what it could be, when the registry does not answer as it should.
    """
    sent = form.model_dump(include={"name", "type", "description", "insecure"})
    sent["url"] = form.address
    optional = {"credential": form.credential, "ca_certificate": form.ca_certificate}
    sent |= {key: value for key, value in optional.items() if value}
    with explained(form.address, form.kind):
        made = await harbor.write("POST", PATH, sent)
    return await _lost(harbor, made.number, sent)


async def try_new(harbor: Harbor, form: NewRegistry) -> str:
    """`POST /registries/ping`: it answers, or Invalid with what it could be."""
    sent = {"type": form.type, "url": form.address, "insecure": form.insecure}
    return await _ping(harbor, form.kind, form, sent | _flat(form.credential))


async def _ping(
    harbor: Harbor, kind: str, form: NewRegistry | EditRegistry, sent: dict[str, Any]
) -> str:
    url = form.address if isinstance(form, NewRegistry) else form.url
    if form.ca_certificate and "id" not in sent:
        sent["ca_certificate"] = form.ca_certificate
    with explained(url, kind):
        await harbor.ask(f"{PATH}/ping", sent)
    signed = form.access_key or form.access_secret.get_secret_value()
    return f"{url} answers{', and takes the credentials' if signed else ''}."


async def fill(harbor: Harbor, registry: Registry) -> EditRegistry:
    """The form of a registry as it is now."""
    return _form(await still(harbor, registry))


def _form(registry: Registry) -> EditRegistry:
    common = EditRegistry.model_fields.keys() & Registry.model_fields.keys()
    values = {name: getattr(registry, name) for name in common}
    return EditRegistry.model_construct(**values, access_key=registry.credential.access_key)


async def try_edited(harbor: Harbor, registry: Registry, form: EditRegistry) -> str:
    """`POST /registries/ping` with what has been filled in.

    With an `id` Harbor pings the address that it has, whatever else is said (2.15.2), and only
    then with the secret that it has.
    """
    new = changes(registry, _form(registry), form)
    if not new.keys() & {"url", "insecure", "ca_certificate"}:
        given = {key: new[key] for key in new if key.startswith(("access_", "credential_"))}
        return await _ping(harbor, registry.kind, form, {"id": registry.id, **given})
    if registry.has_secret and "access_secret" not in new:
        raise Refused("to try this out, type the secret too: Harbor shows it to nobody")
    sent = {"type": registry.type, "url": form.url, "insecure": form.insecure}
    credential = _credential(form.access_key, form.access_secret, registry.type)
    return await _ping(harbor, registry.kind, form, sent | _flat(credential))


def changes(registry: Registry, before: EditRegistry, after: EditRegistry) -> dict[str, Any]:
    """What `PUT /registries/{id}` is sent: only what is not as it was, never a masked secret.

    Since 2.15 another address makes Harbor forget the secret. Raises Refused without a new one.
    """
    sent = changed(before, after)
    typed = bool(after.access_secret.get_secret_value())
    if "access_key" in sent and not after.access_key and not typed:
        return sent | {"access_secret": ""}
    if registry.has_secret and not typed and sent.keys() & {"access_key", "url"}:
        what = "another key" if "access_key" in sent else "another address"
        raise Refused(f"type the secret too: with {what} the one that Harbor has is of no use")
    if typed and not registry.credential.type:
        sent["credential_type"] = BASIC
    return sent


async def update(
    harbor: Harbor, registry: Registry, before: EditRegistry, after: EditRegistry
) -> str | None:
    """`PUT /registries/{id}` with what changed; Harbor pings first, also for a new description.

    Conflict for a name that is taken; Invalid with what it could be when it does not answer.
    """
    now = await still(harbor, registry)
    unless_changed(now.name, before, after, _form(now))
    sent = changes(now, before, after)
    if not sent:
        return f"Nothing of {now.name} was changed"
    with explained(after.url, now.kind):
        await harbor.write("PUT", f"{PATH}/{now.id}", sent)
    return await _lost(harbor, now.id, sent)


async def _lost(harbor: Harbor, registry_id: int, sent: Mapping[str, Any]) -> str | None:
    """What an older Harbor has dropped without a word."""
    wanted = sent.get("ca_certificate")
    if wanted is None or (await get(harbor, registry_id)).ca_certificate == wanted:
        return None
    return "Saved, but this Harbor does not know “CA certificate” of a registry: it needs 2.15"
