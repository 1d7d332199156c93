"""Settings of a real Harbor for tests, and forms of them that are filled in."""

from typing import Any

from harbortui.api.configuration import Configuration
from harbortui.resources.setting_forms import Sheet
from harbortui.resources.setting_line import SettingLine

from .recorded import exchanges

BOTH = ["", "2.12/"]


def recorded(folder: str = "") -> dict[str, Any]:
    """The settings of a real Harbor, as it sent them."""
    found = [one for one in exchanges(f"{folder}system") if one.path == "/configurations"]
    return next(one.value for one in found if one.method == "GET" and one.status == 200)


def configured(**values: Any) -> Configuration:
    """A real Harbor's settings, some of them changed."""
    given = recorded()
    for key, value in values.items():
        given = {**given, key: {"value": value, "editable": True}}
    return Configuration.model_validate(given)


def line(key: str, **values: Any) -> SettingLine:
    return SettingLine(key=key, configuration=configured(**values))


def sheet(key: str, **values: Any) -> Sheet:
    one = line(key, **values)
    return Sheet(one.members, one.configuration)


def filled(key: str, answer: Any, sure: bool = False, **values: Any) -> dict[str, Any]:
    """What is sent when a setting's form is answered so."""
    one = sheet(key, **values)
    kind = type(one.form())
    given = {"setting0": answer} | ({"sure": sure} if "sure" in kind.model_fields else {})
    return one.changes(kind.model_validate(given))
