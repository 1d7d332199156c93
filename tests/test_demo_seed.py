"""Every demo begins with the same registry, and none of them with what another one did to it."""

import pytest

from harbortui.demo import DemoHarbor, seed
from harbortui.demo.state import State


def tables(demo: DemoHarbor) -> dict[str, object]:
    return {name: vars(demo)[name] for name in [*vars(State()), "handed_out"]}


def due(demo: DemoHarbor) -> list[float]:
    return sorted(moment for moment, _, _ in demo._due)


@pytest.mark.parametrize("scenario", ["", "user", "large"])
def test_a_second_demo_is_like_the_first_and_shares_nothing_with_it(scenario):
    first, second = DemoHarbor(scenario), DemoHarbor(scenario)
    assert tables(first) == tables(second)
    assert due(first) == due(second)
    assert len(due(first)) > 30
    first.projects[1]["name"] = "changed"
    first.artifacts.clear()
    first.tasks[1]["status"] = "changed"
    first.audit.append("x", "create", "project", "x")
    third = DemoHarbor(scenario)
    assert tables(third) == tables(second)
    assert third.audit.stored == second.audit.stored


def test_what_was_made_and_what_is_made_anew_are_the_same():
    before = DemoHarbor()
    seed._made.clear()
    after = DemoHarbor()
    assert tables(before) == tables(after)
    assert due(before) == due(after)
