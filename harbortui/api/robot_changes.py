"""Robots changed: turned off and on, given time or another secret, deleted.

`PUT /robots/{id}` replaces the whole robot, so the freshest one goes back with what we do not know.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr

from harbortui.api.errors import Conflict, NotFound, Refused, UnknownOutcome, Unreadable
from harbortui.api.form import Form, Labels
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model
from harbortui.api.password import RULE, GivenPassword
from harbortui.api.robots import NEVER, Robot, at, get, raw

LONGEST = 36_500
"""Days, a hundred years: Harbor takes more, and then names moments that no clock reaches."""
DAY, HOUR = 86_400, 3_600
"""Seconds."""


class Made(Model):
    """What only the answer to making a robot, or a secret, holds."""

    id: int = 0
    name: str = ""
    secret: SecretStr = SecretStr("")


class Days(Form):
    """So many days."""

    kind: Literal["days"] = "days"
    days: int = Field(30, title="Days", ge=1, le=LONGEST)


class Never(Form):
    """For ever."""

    kind: Literal["never"] = "never"


Lasting = Annotated[Days | Never, Labels({"days": "after some days", "never": "never"})]


class Extension(Form):
    """When a robot is to expire instead, counted from now."""

    lasting: Lasting = Field(
        Days(),
        discriminator="kind",
        title="Expires",
        description="Counted from now. Harbor counts from the creation: what has passed is added.",
    )


class NewSecret(Form):
    """Another secret for a robot."""

    secret: GivenPassword = Field(
        SecretStr(""), title="Secret", description=f"{RULE}; nothing: Harbor makes one."
    )


async def freshest(harbor: Harbor, robot: Robot) -> dict[str, Any]:
    """The whole robot as Harbor keeps it now, for a replacement; Conflict when it is another."""
    found = await raw(harbor, robot)
    if not isinstance(found, dict):
        raise Unreadable("Harbor sent something else where a robot was expected")
    if (found.get("name"), found.get("level")) != (robot.name, robot.level):
        raise Conflict(f"{robot.name} is now {found.get('name')}: look again and repeat")
    return found


async def replace(harbor: Harbor, robot: Robot, found: dict[str, Any], **fields: Any) -> None:
    """`PUT /robots/{id}`: all that Harbor keeps, with these fields changed.

    What is left out would be lost: `disable` would mean enabled, permissions none.
    """
    await harbor.write("PUT", at(robot), {**found, **fields})


async def disable(harbor: Harbor, robot: Robot) -> str | None:
    """Turns it off, `PUT /robots/{id}`: its secret opens nothing from then on."""
    return await _switch(harbor, robot, True)


async def enable(harbor: Harbor, robot: Robot) -> str | None:
    """Turns it on again, `PUT /robots/{id}`."""
    return await _switch(harbor, robot, False)


async def _switch(harbor: Harbor, robot: Robot, off: bool) -> str | None:
    found = await freshest(harbor, robot)
    if bool(found.get("disable")) == off:
        return f"{robot.name} was {'disabled' if off else 'enabled'} already."
    await replace(harbor, robot, found, disable=off)
    return None


async def is_disabled(harbor: Harbor, robot: Robot) -> bool:
    """Whether it is turned off now, `GET /robots/{id}`."""
    return (await get(harbor, robot)).disable


async def extension(_: Harbor, robot: Robot) -> Extension:
    """30 days, or 30 more than are left."""
    left = max(0, math.ceil((robot.left or 0) / DAY))
    return Extension(lasting=Days(days=min(30 + (left if left > 30 else 0), LONGEST)))


async def extend(harbor: Harbor, robot: Robot, _: Extension, wanted: Extension) -> str:
    """`PUT /robots/{id}` with a duration that ends so many days from now, or never.

    Harbor counts the days from the creation, and would end a robot at once. Refused for an end
    that is sooner than the present one; Conflict when someone else has moved that meanwhile.
    """
    fresh, found = await get(harbor, robot), await freshest(harbor, robot)
    if fresh.expires_at != robot.expires_at:
        raise Conflict(f"{robot.name} was changed by someone else meanwhile: {lasts(fresh)}")
    duration = NEVER
    if isinstance(wanted.lasting, Days):
        duration = days_from_creation(fresh, wanted.lasting.days, harbor.now())
        end = (fresh.creation_time or harbor.now()) + timedelta(days=duration)
        if fresh.expires is None or end < fresh.expires:
            raise Refused(f"that would end it sooner: {lasts(fresh)}")
    await replace(harbor, robot, found, duration=duration)
    return f"{lasts(await get(harbor, robot))}."


def days_from_creation(robot: Robot, days: int, moment: datetime) -> int:
    """The duration, in days from the creation, that ends `days` from this moment or a bit later.

    Days that have begun count whole; the first hour does not, so that a new robot gets no day more.
    """
    passed = (moment - (robot.creation_time or moment)).total_seconds()
    return max(0, math.ceil((passed - HOUR) / DAY)) + days


def lasts(robot: Robot) -> str:
    """Until when, in words (UTC)."""
    if robot.expires is None:
        return f"{robot.name} never expires"
    verb = "expired on" if robot.expired else "lasts until"
    return f"{robot.name} {verb} {robot.expires:%Y-%m-%d %H:%M} UTC"


async def renew(harbor: Harbor, robot: Robot, given: SecretStr) -> SecretStr | None:
    """`PATCH /robots/{id}`: another secret, the given one, or one that Harbor makes and returns.

    Invalid for a weak one. The old secret opens nothing from then on.
    """
    await freshest(harbor, robot)
    try:
        answer = await harbor.write("PATCH", at(robot), {"secret": given})
    except UnknownOutcome as error:
        raise UnknownOutcome(f"{error}; if it was, nobody has the secret: make another") from error
    return None if given.get_secret_value() else answer.read(Made).secret


async def delete(harbor: Harbor, robot: Robot) -> str | None:
    """`DELETE /robots/{id}`; Harbor records this, and that it was made, but no other change."""
    try:
        await freshest(harbor, robot)
        await harbor.write("DELETE", at(robot))
    except NotFound:
        return f"{robot.name} was gone already."
    return None
