"""Limits as people write them: bandwidths, and numbers that may be unlimited."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

from harbortui.api.form import UNLIMITED, Written

LARGEST = 2**31 - 1
"""Harbor keeps these numbers in 32 bits."""
NOTHING = {"", "-1", "none", "unlimited"}

_SPEED = re.compile(r"([0-9]{1,10})\s*(?:([km])(?:bit/s|bps)?)?", re.IGNORECASE)


def parse_speed(value: object) -> object:
    """`10 Mbit/s` in kilobits a second, of which Harbor's portal counts 1,024 to a megabit."""
    if not isinstance(value, str):
        return _whole(value)
    if value.strip().lower() in NOTHING:
        return UNLIMITED
    match = _SPEED.fullmatch(value.strip())
    if not match:
        raise ValueError("a bandwidth such as 10 Mbit/s, or nothing for no limit")
    return _whole(int(match[1]) * (1024 if (match[2] or "").lower() == "m" else 1))


def speed_text(speed: int) -> str:
    """A bandwidth as it is typed; unlimited is nothing."""
    if speed < 0:
        return ""
    return f"{speed // 1024} Mbit/s" if speed and speed % 1024 == 0 else f"{speed} kbit/s"


def parse_count(value: object) -> object:
    """A number from 1, or nothing for no limit."""
    if not isinstance(value, str):
        return _whole(value)
    if value.strip().lower() in NOTHING:
        return UNLIMITED
    if not re.fullmatch(r"[0-9]{1,10}", value.strip()):
        raise ValueError("a number, or nothing for no limit")
    return _whole(int(value))


def count_text(count: int) -> str:
    """A number as it is typed; unlimited is nothing."""
    return "" if count < 0 else str(count)


def _whole(value: object) -> object:
    if isinstance(value, int) and value != UNLIMITED and not 1 <= value <= LARGEST:
        raise ValueError(f"from 1 to {LARGEST:,}, or nothing for no limit")
    return value


Speed = Annotated[int, BeforeValidator(parse_speed), Written(speed_text)]
"""Kilobits a second; -1 is unlimited."""

Count = Annotated[int, BeforeValidator(parse_count), Written(count_text)]
"""A number of things; -1 is unlimited."""
