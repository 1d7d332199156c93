"""How replication rules are shown, and why they failed in words."""

from typing import Any

import pytest

from harbortui.api import rule_runs
from harbortui.api.executions import Execution
from harbortui.api.registries import Registry
from harbortui.api.replication import Filter, Rule, Settings, Trigger
from harbortui.api.rule_runs import Past
from harbortui.clock import Clock
from harbortui.resources import reasons, rule_cells
from harbortui.resources.core import Part
from harbortui.resources.replication import RULES
from harbortui.widgets.ink import parts

from .test_executions import REFUSED

NIGHTLY = Trigger(type="scheduled", trigger_settings=Settings(cron="0 0 2 * * *"))
DR_SITE = Registry(id=2, name="dr-site", url="http://127.0.0.1:18099")


def rule(**values: Any) -> Rule:
    return Rule(**{"id": 1, "name": "r", "enabled": True, "dest_registry": DR_SITE, **values})


def failed(**values: Any) -> Execution:
    return Execution(**{"id": 9, "status": "Failed", "total": 40, "failed": 3, **values})


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (rule(), "here → dr-site"),
        (rule(src_registry=DR_SITE, dest_registry=Registry()), "dr-site → here"),
        (rule(src_registry=DR_SITE, dest_namespace="mirror-c"), "dr-site → mirror-c"),
    ],
)
def test_from_where_to_where(one: Rule, words: str) -> None:
    assert "".join(part.text for part in parts(rule_cells.ends(one), Clock())) == words


@pytest.mark.parametrize(
    ("one", "cell"),
    [
        (rule(trigger=Trigger(type="manual")), Part("by hand", "muted")),
        (rule(trigger=Trigger(type="event_based")), Part("on push", "muted")),
        (rule(trigger=NIGHTLY), Part("daily 02:00", "muted")),
        (rule(trigger=NIGHTLY, paused=True), Part("paused", "warn")),
        (rule(trigger=NIGHTLY, enabled=False), Part("off", "strong")),
        (rule(trigger=Trigger(type="manual"), paused=True), Part("by hand", "muted")),
    ],
)
def test_when_a_rule_runs(one: Rule, cell: Part) -> None:
    assert rule_cells.starts(one) == cell


def test_the_last_run_is_the_newest_that_is_known() -> None:
    old, new = Execution(id=3, status="Succeed"), Execution(id=8, status="Failed")
    assert rule().last is None
    assert rule(newest=old, past=Past(run=new)).last == new
    fresh = new.model_copy(update={"status": "Stopped"})
    assert rule(newest=fresh, past=Past(run=new)).last == fresh


def test_a_cause_counts_only_for_the_run_that_it_is_of() -> None:
    mine = rule(newest=failed(), past=Past(run=failed(), cause=REFUSED))
    assert mine.reason == REFUSED
    assert rule_cells.reason(mine) == Part("dr-site: connection refused")
    assert RULES.says(mine) == "dial tcp 127.0.0.1:18099: connect: connection refused"
    assert not rule_runs.lacks(mine)
    other = mine.model_copy(update={"newest": failed(id=10)})
    assert other.reason == ""
    assert rule_runs.lacks(other)


def test_running_rules_are_asked_again_and_others_are_not() -> None:
    running = Execution(id=4, status="InProgress", total=52, succeed=17, in_progress=35)
    one = rule(newest=running, past=Past(run=running, task="base-images/debian"))
    assert rule_runs.lacks(one)
    assert RULES.busy(one)
    assert rule_cells.result(one) == Part("▸ 17 of 52")
    assert rule_cells.reason(one) == Part("base-images/debian", "muted")
    assert rule_cells.ago(one) == Part("now", "muted")
    assert rule_cells.sign(one) == Part("▸")
    assert RULES.stays(one) == "it runs: stop its execution first (enter, then s)"
    ended = Execution(id=4, status="Succeed", total=52, succeed=52)
    assert rule_runs.lacks(one.model_copy(update={"newest": ended}))
    assert not rule_runs.lacks(rule())
    assert not RULES.busy(rule())


def test_a_rule_that_is_off_needs_no_hands() -> None:
    off = rule(enabled=False, trigger=NIGHTLY, newest=failed())
    assert rule_cells.result(off) == Part("3 of 40 failed", "muted")
    assert rule_cells.reason(off) == Part("daily 02:00 when on", "muted")
    assert rule_cells.sign(off) is None


def test_a_run_that_matched_nothing_says_what_it_looked_for() -> None:
    wanted = (
        Filter(type="name", value="library/alpine"),
        Filter(type="tag", value="3.*", decoration="matches"),
        Filter(type="label", value=("beta", "old"), decoration="excludes"),
        Filter(type="resource", value="image"),
    )
    one = rule(newest=Execution(id=2, status="Succeed"), filters=wanted)
    assert rule_cells.result(one) == Part("nothing matched", "muted")
    words = "library/alpine, tag 3.*, no label beta and old, image"
    assert rule_cells.reason(one) == Part(words, "muted")


def test_a_rule_on_push_remembers_its_last_failure() -> None:
    fine = Execution(id=9, status="Succeed", total=1, succeed=1)
    past = Past(run=fine, failure=failed(id=5, cause=REFUSED))
    one = rule(trigger=Trigger(type="event_based"), newest=fine, past=past)
    assert rule_cells.reason(one) == Part("failed before: dr-site: connection refused", "muted")
    assert RULES.says(one).endswith("connection refused")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Execution skipped: active replication still in progress.", "run before was still going"),
        ("Get x: dial tcp: lookup r.example on 10.0.0.10:53: no such host", "name not known"),
        ("x509: certificate signed by unknown authority", "certificate not trusted"),
        ("x509: certificate has expired or is not yet valid", "certificate has expired"),
        ("net/http: TLS handshake timeout", "no answer in time"),
        ("context deadline exceeded", "no answer in time"),
        ("http status code: 401, body: UNAUTHORIZED", "credentials refused"),
        ("http status code: 404, body: not found", "not found"),
        ("http: server gave HTTP response to HTTPS client", "speaks http, not https"),
        ("a thing of its own", "a thing of its own"),
        ("", ""),
    ],
)
def test_reasons_are_said_in_a_few_words(text: str, words: str) -> None:
    assert reasons.in_words(text) == words


def test_a_long_reason_keeps_its_end() -> None:
    long = f"failed to check the existence of the manifest: {REFUSED}"
    assert reasons.gist(long) == "dial tcp 127.0.0.1:18099: connect: connection refused"
    assert reasons.gist("x" * 200) == "x" * 200
