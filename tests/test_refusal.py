"""What cannot be done, as keys, menus and footer are told: by the state of the whole registry."""

import httpx
import pytest

from harbortui.api.harbor import Harbor
from harbortui.api.identity import Me
from harbortui.api.system import SystemInfo
from harbortui.clock import Clock
from harbortui.resources.configuration import CONFIGURATION
from harbortui.resources.projects import PROJECTS
from harbortui.resources.queues import QUEUES
from harbortui.session import Session, refusal

from .talking import API


def session(**said: object) -> Session:
    harbor = Harbor(API, transport=httpx.MockTransport(lambda _: httpx.Response(500)))
    found = Session(harbor, Clock(), where="here")
    found.me = Me(user_id=1, sysadmin_flag=True)
    found.system = SystemInfo.model_validate(said)
    return found


@pytest.mark.parametrize(
    ("resource", "verb", "why"),
    [
        (PROJECTS, "create", "the registry is read-only (R ends it)"),
        (PROJECTS, "list", ""),
        (CONFIGURATION, "update", ""),
    ],
)
def test_a_read_only_registry_keeps_its_settings_open(resource, verb, why) -> None:
    assert refusal(session(read_only=True), resource, verb) == why
    assert refusal(session(), resource, verb) == ""


@pytest.mark.parametrize(("version", "why"), [("v2.6.4", "needs Harbor 2.7 or later"), ("", "")])
def test_what_an_older_harbor_does_not_have_is_refused(version: str, why: str) -> None:
    assert refusal(session(harbor_version=version), QUEUES, "list") == why
