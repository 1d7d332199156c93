from datetime import UTC, datetime

import pytest

from harbortui.api import robots
from harbortui.api.robots import Access, Permission, Robot
from harbortui.demo import DemoHarbor
from harbortui.resources import robot_words
from harbortui.resources.core import Part, When
from harbortui.resources.robots import ROBOTS

from .robot_desk import at_demo_time, named

NOW = datetime(2026, 11, 20, tzinfo=UTC)
DAY = 86_400


def robot(days=None, **fields):
    """A robot that expires so many days from now."""
    ends = int(NOW.timestamp() + days * DAY) if days is not None else -1
    return robots.aged(Robot(name="robot$ci", expires_at=ends, **fields), NOW)


def may(**grants):
    """Permissions by project; `all` and `registry` are Harbor's own places."""
    places = {"all": "*", "registry": "/"}
    return tuple(
        Permission(
            kind="system" if place == "registry" else "project",
            namespace=places.get(place, place),
            access=tuple(
                Access(resource=noun, action=verb)
                for noun, _, verb in (pair.partition(":") for pair in pairs.split())
            ),
        )
        for place, pairs in grants.items()
    )


def action(name):
    return next(one for one in ROBOTS.actions if one.name == name)


@pytest.mark.parametrize(
    ("days", "fields", "sign", "state", "tone"),
    [
        (-1, {}, "✗", "expired", "bad"),
        (0, {}, "✗", "expired", "bad"),
        (1, {}, "▲", "", "warn"),
        (14, {}, "▲", "", "warn"),
        (14.1, {}, None, "", ""),
        (300, {}, None, "", ""),
        (-1, {"disable": True}, None, "disabled", ""),
        (3, {"disable": True}, None, "disabled", ""),
    ],
)
def test_expiry_warns_for_two_weeks_and_is_bad_after(days, fields, sign, state, tone):
    one = robot(days, **fields)
    assert (ROBOTS.sign(one).text if ROBOTS.sign(one) else None) == sign
    assert robot_words.condition(one).text == state
    assert robot_words.expires(one) == When(one.expires, tone)


def test_what_never_expires_says_never():
    one = robot()
    assert robot_words.expires(one) == Part("never", "muted")
    assert ROBOTS.sign(one) is None and robot_words.moment(one) is None


@pytest.mark.parametrize(
    ("permissions", "words"),
    [
        (may(all="repository:pull"), "pulls from all projects"),
        (may(a="repository:pull repository:push"), "pushes to a"),
        (
            may(a="repository:pull repository:push", b="repository:push repository:pull tag:list"),
            "pushes to 2 projects",
        ),
        (
            may(a="repository:push", b="repository:pull", c="repository:pull"),
            "pushes to a, pulls from 2 projects",
        ),
        (may(a="repository:pull artifact:delete"), "pulls from and deletes in a"),
        (may(a="repository:delete"), "deletes in a"),
        (may(a="member:list member:create"), "2 permissions in a"),
        (may(registry="audit-log:list"), "1 permission in the registry"),
        (
            may(registry="audit-log:list quota:list", all="repository:pull"),
            "pulls from all projects, 2 permissions in the registry",
        ),
        ((), "nothing"),
    ],
)
def test_duties_are_said_in_a_line(permissions, words):
    assert robot_words.duties(Robot(permissions=permissions)).text == words


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ("repository:pull", "pulls"),
        ("repository:pull repository:push", "pushes"),
        ("repository:pull artifact:delete", "pulls and deletes"),
        ("tag:list", "1 permission"),
    ],
)
def test_where_the_project_is_known_its_name_is_not_repeated(pairs, words):
    one = Robot(level="project", permissions=may(**{"a and b": pairs}))
    assert robot_words.may(one).text == words
    assert robot_words.may(Robot(permissions=may(a=pairs))) == robot_words.duties(
        Robot(permissions=may(a=pairs))
    )


async def test_the_robot_of_the_picture_pushes_to_four_projects():
    pusher = await named(at_demo_time(DemoHarbor()), "robot$ci-pusher")
    assert robot_words.duties(pusher).text == "pushes to 4 projects"
    assert ROBOTS.sign(pusher).tone == "warn"
    assert ROBOTS.says(pusher) == "expires soon: x gives it more time"


@pytest.mark.parametrize(
    ("name", "level", "permissions", "before", "own"),
    [
        ("robot$payments+deploy", "project", may(payments=""), "robot$payments+", "deploy"),
        ("robot$ci", "system", (), "robot$", "ci"),
        ("bot-ci", "system", (), "", "bot-ci"),
        ("robot$", "system", (), "", "robot$"),
    ],
)
def test_what_harbor_puts_before_a_name_is_muted(name, level, permissions, before, own):
    parts = robot_words.name(Robot(name=name, level=level, permissions=permissions))
    assert "".join(part.text for part in parts if part.tone == "muted") == before
    assert parts[-1] == Part(own)


def test_what_ails_a_robot_is_said_and_what_helps():
    assert "x gives it more time" in ROBOTS.says(robot(-3))
    assert "u enables it" in ROBOTS.says(robot(-3, disable=True))
    assert "only be deleted" in ROBOTS.says(robot(3, editable=False))
    assert ROBOTS.says(robot(300, description="for the pipelines")) == "for the pipelines"


def test_verbs_that_would_do_nothing_are_grey():
    assert action("disable").unless(robot(disable=True)) == "it is disabled already"
    assert action("enable").unless(robot()) == "it is not disabled"
    assert action("extend").unless(robot()) == "it never expires"
    assert action("extend").unless(robot(3)) == action("secret").unless(robot()) == ""


@pytest.mark.parametrize("name", ["extend", "secret", "disable", "enable"])
def test_a_robot_of_an_old_harbor_can_only_be_deleted(name):
    old = robot(3, editable=False)
    assert "only be deleted" in action(name).unless(old)
    assert "only be deleted" in ROBOTS.fixed(old) and ROBOTS.stays(old) == ""


def test_details_name_every_permission():
    lines = robot_words.lines(
        robot(3, duration=30, permissions=may(a="tag:list repository:pull repository:push"))
    )
    facts = {line.title: getattr(line, "cell", None) for line in lines}
    assert (facts["In"], facts[""]) == ("a", "repository: pull, push; tag: list")
    assert facts["Lasts"] == "30 days from its making"
    assert facts["State"] == Part("enabled", "muted")


async def test_a_question_says_what_comes_of_it():
    one = robot(3, permissions=may(a="repository:pull"))
    (line,) = await ROBOTS.goes(None, [one])
    assert line == "It pulls from a: what signs in with it is refused from then on."
    (line,) = await ROBOTS.goes(None, [one, robot(-1), robot(disable=True)])
    assert line.startswith("1 of 3 can sign in now")


def test_presets_pick_from_the_list():
    some = [robot(3), robot(-3), robot(300, disable=True), robot(level="system")]
    keep = {preset.name: preset.keep for preset in ROBOTS.filters}
    assert [one for one in some if keep["about to expire"](one)] == some[:1]
    assert [one for one in some if keep["expired"](one)] == some[1:2]
    assert [one for one in some if keep["disabled"](one)] == some[2:3]
    assert [one for one in some if keep["of the registry"](one)] == some[3:]


def test_every_column_that_sorts_here_has_comparable_values():
    some = [robot(3), robot(-3), robot(), robot(300, disable=True, permissions=may(a="tag:list"))]
    for column in ROBOTS.columns:
        if column.value:
            known = [column.value(one) for one in some if column.value(one) is not None]
            assert len({type(one) for one in known}) <= 1


def test_the_sign_in_command_survives_a_shell():
    ((_, command),) = ROBOTS.copies("harbor.example.com", robot())
    assert command == "docker login -u 'robot$ci' harbor.example.com"
    ((_, command),) = ROBOTS.copies("https://$(reboot)", robot())
    assert command == "docker login -u 'robot$ci' '$(reboot)'"


def test_events_by_and_about_a_robot_are_two_filters():
    one = Robot(name="robot$a+b")
    assert ROBOTS.events(one) == "user:robot$a+b"
    assert ROBOTS.trail(one) == "type:robot res:robot$a+b"
    assert "no other change" in ROBOTS.silent
