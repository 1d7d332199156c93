"""The settings of Harbor: read them all, change some."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from pydantic import (
    ConfigDict,
    Field,
    JsonValue,
    RootModel,
    SecretStr,
    field_validator,
    model_validator,
)

from harbortui.api.errors import Conflict, Invalid, Refused, in_full
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, same

Value: TypeAlias = JsonValue | SecretStr
"""What a setting is set to; None when Harbor does not say."""
Told: TypeAlias = Callable[[str, Value], tuple[str, str]]
"""A setting (or “it”, when that is clear) and a value of it in words."""
PATH = "/configurations"
SECRETS = ("ldap_search_password", "oidc_client_secret")
"""Settings that can be set, and that Harbor never tells."""
LEFT_OVER = "scan_all_policy"
"""`{}` in every answer: what is left of a setting that scans no longer use."""
MASKED = "*****"


class Setting(Model):
    """A value, and whether Harbor lets it be changed."""

    value: Value = Field(None, union_mode="left_to_right")
    editable: bool = True


class Configuration(RootModel[dict[str, Setting]]):
    """Every setting by Harbor's name; secrets that Harbor tells (`uaa_client_secret`) are kept."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _only_settings(cls, found: Any) -> Any:
        if not isinstance(found, Mapping):
            return found
        return {
            key: setting
            for key, setting in found.items()
            if key != LEFT_OVER and isinstance(setting, Setting | Mapping)
        }

    @field_validator("root")
    @classmethod
    def _secrets_kept(cls, found: dict[str, Setting]) -> dict[str, Setting]:
        return {key: _kept(key, setting) for key, setting in found.items()}

    def value(self, key: str) -> Value:
        """What a setting is set to; None when Harbor does not say."""
        found = self.root.get(key)
        return found.value if found else None

    @property
    def auth_mode(self) -> str:
        """How people sign in, in Harbor's word."""
        return str(self.value("auth_mode") or "")


def secret(key: str) -> bool:
    """Whether a text setting of this name is never to be shown."""
    return key.endswith(("password", "secret"))


def _kept(key: str, setting: Setting) -> Setting:
    if not (secret(key) and isinstance(setting.value, str)):
        return setting
    return setting.model_copy(update={"value": SecretStr(setting.value)})


async def read(harbor: Harbor) -> Configuration:
    """`GET /configurations`; Forbidden for everyone but system administrators."""
    return await harbor.get(PATH, Configuration)


async def raw(harbor: Harbor, keys: Collection[str]) -> Any:
    """Some of `GET /configurations` as Harbor sends it; secrets are masked."""
    found = await harbor.raw(PATH) or {}
    return {key: _masked(key, found[key]) for key in keys if key in found}


def _masked(key: str, setting: Any) -> Any:
    if isinstance(setting, dict) and secret(key) and setting.get("value"):
        return {**setting, "value": MASKED}
    return setting


def plainly(key: str, value: Value) -> tuple[str, str]:
    """Harbor's own words."""
    return key, "hidden" if isinstance(value, SecretStr) else str(value)


async def change(
    harbor: Harbor,
    shown: Mapping[str, Value],
    changes: Mapping[str, Value],
    told: Told = plainly,
) -> tuple[str, ...]:
    """Set what is not so already, `PUT /configurations`, and return the names of it.

    Conflict when one is neither as `shown` nor as wanted: someone else was faster, and nothing is
    sent. Refused when Harbor has locked one. Invalid when Harbor does not accept a value.
    """
    now = await read(harbor)
    wanted = {key: value for key, value in changes.items() if not same(now.value(key), value)}
    for key in wanted:
        _unless_moved(key, shown.get(key), now.value(key), told)
        if key in now.root and not now.root[key].editable:
            raise Refused(f"{told(key, None)[0]} is locked by Harbor: nothing was sent")
    if not wanted:
        return ()
    try:
        await harbor.write("PUT", PATH, dict(wanted))
    except Invalid as error:
        words = await in_full(error, _refused(harbor, wanted, error, told))
        raise Invalid(words, request_id=error.request_id) from error
    return tuple(wanted)


def _unless_moved(key: str, was: Value, is_now: Value, told: Told) -> None:
    if same(was, is_now):
        return
    (title, before), (_, after) = told(key, was), told(key, is_now)
    raise Conflict(
        f"{title} was {before} and is now {after}: changed meanwhile, look again and repeat"
    )


async def _refused(harbor: Harbor, wanted: Mapping[str, Value], error: Invalid, told: Told) -> str:
    """Harbor 2.12 and 2.15 refuse a forward address that does not answer, and store it."""
    now = await read(harbor)
    stored = [told(key, None)[0] for key in wanted if same(now.value(key), wanted[key])]
    if not stored:
        return str(error)
    return f"{error}; but Harbor has stored {', '.join(stored)} all the same"
