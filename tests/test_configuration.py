"""Settings: what is said of each, what their forms send, what is refused here."""

import pytest

from harbortui.api import configuration as api
from harbortui.api.configuration import Configuration
from harbortui.api.form import Choices
from harbortui.api.model import Query, same
from harbortui.demo.settings import DEFAULTS
from harbortui.resources import settings
from harbortui.resources.configuration import CONFIGURATION
from harbortui.resources.core import Part
from harbortui.resources.setting_line import lines

from .recorded import exchanges
from .setting_desk import BOTH, line, recorded, sheet
from .talking import Canned


@pytest.mark.parametrize("folder", BOTH)
def test_every_recorded_setting_has_words_and_none_is_invented(folder: str) -> None:
    keys = recorded(folder).keys() - {"scan_all_policy"}
    assert keys <= settings.SETTINGS.keys()
    invented = settings.SETTINGS.keys() - recorded().keys() - set(api.SECRETS)
    assert invented == set()


@pytest.mark.parametrize("key", settings.SETTINGS)
def test_what_is_said_of_a_setting_is_short_and_ends_without_a_stop(key: str) -> None:
    known = settings.SETTINGS[key]
    assert 0 < len(known.title) <= 26 and not known.title.endswith(".")
    assert 0 < len(known.means) <= 56 and not known.means.endswith(".")
    assert known.more == "" or known.more.endswith(".")
    if known.key not in api.SECRETS and known.key != "uaa_client_secret":
        assert same(known.default, DEFAULTS[key])


def test_titles_of_forms_for_a_group_fit_beside_their_fields() -> None:
    for group, members in settings.CATALOGUE.items():
        if group.mode:
            assert [known.title for known in members if len(known.title) > 18] == []


@pytest.mark.parametrize("folder", BOTH)
async def test_every_column_shows_every_recorded_setting(folder: str) -> None:
    canned = Canned({"GET /configurations": recorded(folder)})
    found = (await CONFIGURATION.page(canned.harbor, None, Query())).items
    assert canned.asked == ["GET /configurations"]
    assert "scan_all_policy" not in [one.key for one in found]
    assert len({CONFIGURATION.key(one) for one in found}) == len(found)
    for one in found:
        for column in CONFIGURATION.columns:
            assert column.cell(one) is not None
        assert CONFIGURATION.says(one).endswith(".")
        assert await CONFIGURATION.facts(canned.harbor, one)
        assert one.heading != "OTHER"


async def test_what_is_the_default_in_a_new_harbor_is_not_bold() -> None:
    found = lines(Configuration.model_validate(recorded()))
    assert [one.key for one in found if one.unusual] == []
    assert line("session_timeout", session_timeout=90).cell == Part("90 minutes", "strong")
    assert line("session_timeout").cell == Part("60 minutes")


async def test_kinds_of_events_are_those_that_this_harbor_has() -> None:
    known = next(one for one in exchanges("audit") if one.path == "/auditlog-exts/events")
    canned = Canned({"GET /auditlog-exts/events": known.value})
    field = type(sheet("disabled_audit_log_event_types").form()).model_fields["setting0"]
    choices = next(mark for mark in field.metadata if isinstance(mark, Choices))
    found = await choices.load(canned.harbor, {})
    assert [choice.value for choice in found] == [one["event_type"] for one in known.value]
    assert "pull_artifact" in [choice.label for choice in found]


# What Harbor is asked and sent.
