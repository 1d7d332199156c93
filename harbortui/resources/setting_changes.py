"""Changing settings, and trying what they lead to."""

from __future__ import annotations

from functools import partial

from pydantic import SecretStr

from harbortui.api import configuration as api
from harbortui.api import directories
from harbortui.api.configuration import Value
from harbortui.api.directories import Ldap
from harbortui.api.errors import Invalid
from harbortui.api.form import Form
from harbortui.api.harbor import Harbor
from harbortui.resources import settings
from harbortui.resources.core import Edit
from harbortui.resources.setting import Group
from harbortui.resources.setting_forms import Sheet
from harbortui.resources.setting_kinds import Secret
from harbortui.resources.setting_line import SettingLine
from harbortui.resources.settings_ldap import LDAP
from harbortui.resources.settings_providers import OIDC

TRIED: tuple[Group, ...] = (LDAP, OIDC)
"""Groups that are set up together, and whose connection can be tried."""


def _sheet(line: SettingLine, together: bool) -> Sheet:
    if not together:
        return Sheet(line.members, line.configuration)
    whole = SettingLine(key=line.group.name, configuration=line.configuration, folds=True)
    return Sheet(whole.members, line.configuration)


async def fill(together: bool, _: Harbor, line: SettingLine) -> Form:
    """The form of a setting, or of all of its group, as they are shown."""
    return _sheet(line, together).form()


async def save(
    together: bool, harbor: Harbor, line: SettingLine, before: Form, after: Form
) -> str | None:
    """Set what was answered otherwise; Conflict when someone else was faster."""
    sheet = _sheet(line, together)
    changes = sheet.changes(after)
    shown = {key: line.configuration.value(key) for key in changes}
    told = partial(_told, sheet.alone)
    sent = await api.change(harbor, shown, changes, told)
    return _happened(line, {key: changes[key] for key in sent})


def _told(alone: bool, key: str, value: Value) -> tuple[str, str]:
    title, words = settings.told(key, value)
    return "it" if alone else title, words


def _happened(line: SettingLine, sent: dict[str, Value]) -> str:
    if not sent:
        return "There was nothing to change."
    if len(sent) > 1:
        return f"Saved {len(sent)} settings of {line.group.name}."
    ((key, value),) = sent.items()
    title = SettingLine(key=key, configuration=line.configuration).label
    known = settings.of(key, value)
    if isinstance(known.kind, Secret):
        return f"{title} has been set."
    return f"{title} is now {known.kind.says(value)}."


async def try_connection(harbor: Harbor, line: SettingLine, form: Form) -> str:
    """Whether the directory or the provider answers, with what stands in the form."""
    named = _sheet(line, True).named()
    answers = {known.key: getattr(form, name) for name, known in named.items()}
    if line.group is LDAP:
        password: SecretStr = answers["ldap_search_password"]
        fields = Ldap.model_fields.keys() & answers.keys()
        given = {name: answers[name] for name in fields - {"ldap_search_password"}}
        directory = Ldap(
            **given,
            ldap_connection_timeout=answers["ldap_timeout"],
            ldap_search_password=password if password.get_secret_value() else None,
        )
        await directories.try_ldap(harbor, directory)
        return "The directory answers, and takes the search account."
    if not answers["oidc_endpoint"]:
        raise Invalid("there is no endpoint to try")
    await directories.try_oidc(harbor, answers["oidc_endpoint"], answers["oidc_verify_cert"])
    return "An OIDC provider answers there."


ONE: Edit[SettingLine, Form] = Edit(partial(fill, False), partial(save, False))
TOGETHER: Edit[SettingLine, Form] = Edit(
    partial(fill, True),
    partial(save, True),
    try_connection,
    title=lambda line: f"Set up {line.group.name}",
)
