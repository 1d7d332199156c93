"""Full replacements: what we do not know of an object goes back byte for byte."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harbortui.api import (
    labels,
    model,
    project_settings,
    robot_changes,
    robot_edit,
    rule_changes,
    rule_writes,
)
from harbortui.api.exact import body_bytes, exact, parsed
from harbortui.api.harbor import Harbor
from harbortui.api.labels import Label
from harbortui.api.projects import Project
from harbortui.api.replication import Rule
from harbortui.api.robot_changes import Days, Extension
from harbortui.api.robots import Robot

from .counting import Count
from .talking import API

FUTURE = (
    rb"""{"z":1,"a":{"b":[null,[],{},true]},"":"","big":123456789012345678901234567890,"""
    rb""""minus":-9007199254740993,"many":0.1000000000000000055511151231257827,"zeros":1.10,"""
    rb""""far":1e400,"plain":6.02E+23,"text":"\u003cb\u003e \u0026 \"q\" \\ / \n\t ","""
    + """"nul":"\\u0000 \\u001f","wide":"Grüße 密码 😀 \u200b\u202e",""".encode()
    + rb""""lines":"\u2028\u2029","no":null}"""
)
"""As Harbor would send it: compact, in any order, with Go's escapes."""
MORE = b'"x_later":' + FUTURE
ROBOT = (
    rb'{"id":7,"name":"robot$a+b","level":"project","description":"d","duration":30,'
    rb'"expires_at":4000000000,"disable":false,"creation_time":"2026-11-21T06:40:02.269Z",'
    rb'"permissions":[{"kind":"project","namespace":"a",%s,"access":[{"resource":"repository",'
    rb'"action":"pull",%s}]}],%s}'
)
RULE = (
    rb'{"id":3,"name":"r","description":"d","enabled":true,"src_registry":{"id":0},'
    rb'"dest_registry":{"id":4,"credential":{"access_secret":"*****"}},"trigger":{"type":'
    rb'"scheduled","trigger_settings":{"cron":"0 0 2 * * *",%s},%s},'
    rb'"filters":[{"type":"name","value":"a/**",%s},{"type":"colour",%s}],%s}'
)
PROJECT = (
    rb'{"project_id":4,"name":"p","metadata":{"public":"false","reuse_sys_cve_allowlist":"false"},'
    rb'"cve_allowlist":{"id":4,"project_id":4,"items":[{"cve_id":"CVE-1",%s}],%s}}'
)
LABEL = rb'{"id":9,"name":"l","description":"d","color":"#000000","scope":"g",%s}'


class Kept:
    """Answers every question with one object, and keeps the bytes that it is sent."""

    def __init__(self, content: bytes) -> None:
        self.content = content.replace(b"%s", MORE)
        self.sent: list[bytes] = []
        self.harbor = Harbor(API, transport=httpx.MockTransport(self.answer))

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.method != "GET":
            self.sent.append(request.content)
        json = {"Content-Type": "application/json"}
        return httpx.Response(200, content=self.content, headers=json)


async def described(kept: Kept, kind: Any, api: Any, **new: Any) -> None:
    """Changes what a form changes."""
    item = model.read(kind, kept.content)
    before = await api.fill(kept.harbor, item)
    await api.update(kept.harbor, item, before, before.model_copy(update=new))


async def extended(kept: Kept) -> None:
    robot = model.read(Robot, kept.content)
    wanted = Extension(lasting=Days(days=36000))
    await robot_changes.extend(kept.harbor, robot, wanted, wanted)


Change = Callable[[Kept], Awaitable[object]]
CHANGES: dict[str, tuple[bytes, int, Change]] = {
    "robot off": (ROBOT, 3, lambda kept: robot_changes.disable(kept.harbor, robot(kept))),
    "robot extended": (ROBOT, 3, extended),
    "robot described": (ROBOT, 3, lambda kept: described(kept, Robot, robot_edit, description="n")),
    "robot allowed more": (
        ROBOT, 3,
        lambda kept: described(
            kept, Robot, robot_edit, allowed=frozenset({"repository:pull", "tag:create"})
        ),
    ),
    "rule off": (RULE, 5, lambda kept: rule_changes.flip(kept.harbor, rule(kept))),
    "rule described": (RULE, 5, lambda kept: described(kept, Rule, rule_writes, description="n")),
    "rule at other times": (
        RULE, 5, lambda kept: described(kept, Rule, rule_writes, cron="0 0 3 * * *")
    ),
    "rule for others": (RULE, 5, lambda kept: described(kept, Rule, rule_writes, names="b/**")),
    "allowlist": (
        PROJECT, 2, lambda kept: described(kept, Project, project_settings, cves="CVE-1\nCVE-2")
    ),
    "label": (LABEL, 1, lambda kept: described(kept, Label, labels, description="n")),
}  # fmt: skip
"""What is changed, how often something unknown is in it, and how."""


def robot(kept: Kept) -> Robot:
    return model.read(Robot, kept.content)


def rule(kept: Kept) -> Rule:
    return model.read(Rule, kept.content)


@pytest.mark.parametrize("name", CHANGES)
async def test_what_is_not_known_goes_back_byte_for_byte(name: str, count: Count) -> None:
    content, times, change = CHANGES[name]
    kept = Kept(content)
    await change(kept)
    (sent,) = kept.sent
    assert sent.count(MORE) == kept.content.count(MORE) == times
    count("unknown fields × full replacements, byte for byte", times)


NUMBERS = st.from_regex(
    r"-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?", fullmatch=True
)


@settings(max_examples=50)
@given(st.lists(NUMBERS.filter(lambda text: text != "-0")))
def test_every_number_goes_back_with_its_digits(numbers: list[str]) -> None:
    content = f"[{','.join(numbers)}]".encode()
    assert body_bytes(exact(content)) == content


@settings(max_examples=50)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_what_is_sent_is_what_was_meant(value: Any) -> None:
    assert parsed(body_bytes({"x": value})) == {"x": value}


def test_half_a_character_is_sent_as_an_escape() -> None:
    assert body_bytes({"x": "\ud800"}) == rb'{"x":"\ud800"}'
