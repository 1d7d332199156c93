"""Robots in words: what they may do, how long yet, what is the matter with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from harbortui.api.robot_grants import granted, words
from harbortui.api.robots import EVERYWHERE, Robot
from harbortui.resources.cells import plural, state
from harbortui.shown import Cell, Fact, Heading, Line, Part, When
from harbortui.text import safe

SOON = 14 * 86_400
"""Seconds before its end from which on a robot is warned of."""
OLD = "made by an old Harbor: it can only be deleted"
OUT = "nothing can sign in with it"
LONG = 24
"""Characters of a project's name in a narrow column."""
DELETING = {"repository:delete", "artifact:delete"}


def name(robot: Robot) -> tuple[Part, ...]:
    """Its name, with what Harbor has put before it muted."""
    mark = f"{robot.project}+" if robot.project else "$"
    before, found, own = robot.name.partition(mark)
    return (Part(before + found, "muted"), Part(own)) if own else (Part(robot.name),)


def level(robot: Robot) -> Part:
    """Its project, or the registry."""
    return Part(safe(robot.project, LONG)) if robot.project else Part("registry", "muted")


def duties(robot: Robot) -> Part:
    """What it may do, in one line: `pushes to 4 projects, 3 permissions in the registry`."""
    system, together = granted(robot.permissions)
    by_verb: dict[str, set[str]] = {}
    for allowed, places in together.items():
        by_verb.setdefault(_verbs(allowed), set()).update(places)
    found = [f"{verb} {_places(places)}" for verb, places in by_verb.items()]
    if system:
        found.append(f"{plural(len(system), 'permission')} in the registry")
    return Part(", ".join(found)) if found else Part("nothing", "muted")


def may(robot: Robot) -> Part:
    """As `duties`, without the place where the project is known: `pushes`."""
    if not robot.project:
        return duties(robot)
    place = f" {robot.project}"
    words = duties(robot).text.removesuffix(place)
    return Part(" and ".join(verb.rpartition(" ")[0] for verb in words.split(" and ")))


def _verbs(allowed: frozenset[str]) -> str:
    verbs = []
    if "repository:push" in allowed:
        verbs.append("pushes to")
    elif "repository:pull" in allowed:
        verbs.append("pulls from")
    if allowed & DELETING:
        verbs.append("deletes in")
    return " and ".join(verbs) or f"{plural(len(allowed), 'permission')} in"


def _places(places: Iterable[str]) -> str:
    names = sorted(places)
    if EVERYWHERE in names:
        return "all projects"
    return names[0] if len(names) == 1 else plural(len(names), "project")


def ends_soon(robot: Robot) -> bool:
    """It works, and will not for long."""
    return not robot.disable and robot.left is not None and 0 < robot.left <= SOON


def has_ended(robot: Robot) -> bool:
    """It has expired, and nobody has turned it off."""
    return robot.expired and not robot.disable


def sign(robot: Robot) -> Part | None:
    """Expired, or soon."""
    if has_ended(robot):
        return Part("✗", "bad")
    return Part("▲", "warn") if ends_soon(robot) else None


def expires(robot: Robot) -> Cell:
    """When; warns for two weeks, then is bad; of a disabled one it does not matter."""
    if robot.expires is None:
        return Part("never", "muted")
    tone = sign(robot)
    return When(robot.expires, tone.tone if tone else "")


def moment(robot: Robot) -> datetime | None:
    """What a list is sorted by: when it expires."""
    return robot.expires


def condition(robot: Robot) -> Part:
    """`disabled`, `expired`, or nothing."""
    if robot.disable:
        return state("disabled")
    return Part("expired", "bad") if robot.expired else Part("")


def says(robot: Robot) -> str:
    """What is the matter with it, or what it is for."""
    if not robot.editable:
        return OLD
    if robot.disable:
        return f"disabled: {OUT}; u enables it"
    if robot.expired:
        return f"expired: {OUT}; x gives it more time"
    if ends_soon(robot):
        return "expires soon: x gives it more time"
    return robot.description


def fixed(robot: Robot) -> str:
    """Why it cannot be changed."""
    return "" if robot.editable else OLD


def lines(robot: Robot) -> Sequence[Line]:
    """Its details: how long, how well, and all that it may do."""
    days = "for ever" if robot.duration < 0 else f"{plural(robot.duration, 'day')} from its making"
    system, together = granted(robot.permissions)
    found: list[Line] = [
        Fact("Belongs to", level(robot)),
        Fact("Description", robot.description),
        Fact("State", condition(robot) if condition(robot).text else Part("enabled", "muted")),
        Fact("Lasts", days),
        Fact("Expires", expires(robot)),
        Fact("Created", When(robot.creation_time)),
        Fact("Changed", When(robot.update_time)),
        Heading("May"),
    ]
    for allowed, places in together.items():
        where = "all projects" if EVERYWHERE in places else ", ".join(sorted(places))
        found += [Fact("In", where), Fact("", listed(allowed))]
    return [*found, Fact("In the registry", listed(system))] if system else found


def listed(allowed: Iterable[str]) -> str:
    """Permissions by noun: `repository: pull, push; tag: list`."""
    by_noun: dict[str, list[str]] = {}
    for one in sorted(allowed):
        noun, _, verb = words(one).partition(": ")
        by_noun.setdefault(noun, []).append(verb)
    return "; ".join(f"{noun}: {', '.join(verbs)}" for noun, verbs in by_noun.items())


def silenced(robots: Sequence[Robot]) -> list[str]:
    """What comes of it when robots can no longer sign in."""
    if len(robots) == 1:
        return [f"It {duties(robots[0]).text}: what signs in with it is refused from then on."]
    working = sum(not robot.disable and not robot.expired for robot in robots)
    return [
        f"{working} of {len(robots)} can sign in now: "
        "what signs in with them is refused from then on."
    ]
