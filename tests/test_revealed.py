"""Where a secret could be revealed: by a model that repeats it, and by our own code."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from pydantic import BaseModel

import harbortui

from .counting import Count


def test_no_model_repeats_what_it_was_given(count: Count) -> None:
    for module in walk_packages(harbortui.__path__, "harbortui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    ours = (one for one in below(BaseModel) if one.__module__.startswith("harbortui"))
    models = [one for one in ours if "[" not in one.__name__]  # pydantic's own, between two of ours
    assert [one for one in models if not one.model_config.get("hide_input_in_errors")] == []
    assert len(models) > 100
    count("models that do not repeat what they were given", len(models))


def below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


SENT = {"api/exact.py", "api/signin.py", "doctor/docker.py"}
"""Bodies, the ways of signing in, and docker's, which the doctor tries."""
JUDGED = {
    "api/password.py", "api/registry_forms.py", "api/robot_changes.py",
    "resources/setting_changes.py", "resources/setting_kinds.py",
}  # fmt: skip
"""Whether there is one, whether it is strong, whether it is the same."""
SHOWN = {"crash.py", "screens/once.py", "widgets/fields.py"}
"""To be blotted out; once, on purpose; in a masked line."""


def test_secrets_are_revealed_in_few_places() -> None:
    package = Path(harbortui.__path__[0])
    found = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if "get_secret_value" in path.read_text() and "demo" not in path.parts
    }
    assert found == SENT | JUDGED | SHOWN
