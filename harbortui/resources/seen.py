"""When a setting was seen to be what: Harbor records that settings were changed, not which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:  # what is remembered is read before anything that needs httpx
    from harbortui.api.configuration import Configuration

Setting = bool | int | float | str | None
LATELY = timedelta(days=30)


class Seen(BaseModel):
    """A setting's value, first and last seen, and the value before with when it was last seen."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    value: Setting
    since: datetime
    at: datetime
    before: Setting = None
    until: datetime | None = None

    def lately(self, now: datetime) -> bool:
        """Whether another value was seen before this one, and not long ago."""
        return self.until is not None and now - self.since < LATELY


Sight: TypeAlias = "Callable[[Configuration], Mapping[str, Seen]]"
"""Told what the settings are; answers when each was seen to be what."""


def unseen(_: Configuration) -> Mapping[str, Seen]:
    """Nothing is remembered."""
    return {}
