"""Who knows people in Harbor's stead, LDAP and OIDC: whether they answer."""

from __future__ import annotations

from pydantic import SecretStr

from harbortui.api import model
from harbortui.api.errors import Invalid
from harbortui.api.form import Form
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model


class Ldap(Form):
    """A directory to be tried; what is empty or left out is as it is set."""

    ldap_url: str = ""
    ldap_search_dn: str = ""
    ldap_search_password: SecretStr | None = None
    ldap_base_dn: str = ""
    ldap_filter: str = ""
    ldap_uid: str = ""
    ldap_scope: int = 2
    ldap_connection_timeout: int = 5
    """Seconds; the setting is called `ldap_timeout`."""
    ldap_verify_cert: bool = True


class Tried(Model):
    """What came of it: Harbor leaves `success` out when it failed, and says why in `message`."""

    success: bool = False
    message: str = ""


async def try_ldap(harbor: Harbor, ldap: Ldap) -> None:
    """`POST /ldap/ping`; Invalid with Harbor's reason, which it tells with 200."""
    answer = await harbor.ask("/ldap/ping", ldap)
    tried = model.read(Tried, answer.content)
    if not tried.success:
        reason = tried.message.removeprefix("error: ") or "Harbor does not say why"
        raise Invalid(f"the directory could not be used: {reason}")


async def try_oidc(harbor: Harbor, url: str, verify_cert: bool) -> None:
    """`POST /system/oidc/ping`; Invalid when no provider answers there, Harbor says no more."""
    await harbor.ask("/system/oidc/ping", {"url": url, "verify_cert": verify_cert})
