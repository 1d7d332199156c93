"""The demo's audit log: a fortnight before today, today as the pictures show it, or ten million."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .answers import Json
from .event import OLD_KINDS, Event
from .eventlog import EventLog, milliseconds
from .generated import Generated

if TYPE_CHECKING:
    from .server import DemoHarbor

COUNT = 1_200
LARGE = 10_000_000
DAYS = 14
QUIET = timedelta(hours=10, minutes=30)
"""What is listed below happened since then."""
UPGRADED = 400
"""Days since the registry was older than 2.13, and kept another log."""
OLD_COUNT = 240

# How long ago, who, what he did (! failed), to which thing.
TODAY = """
    10:28:22.118  robot$ci-pusher  create artifact    catalog/api:nightly
    10:28:20.902  robot$mirror     pull artifact      catalog/api:nightly
    09:42:51.402  k8s-pull         pull artifact      web-frontend/nginx:1.1.7
    09:41:22.007  harbor-jobservice  delete robot     robot$library+hbscan-Trivy-da24ea52
    09:41:00.118  harbor-jobservice  delete robot     robot$library+hbscan-Trivy-dc01b310
    07:41:01.331  robot$mirror     pull artifact      base-images/debian:2.2.5
    07:40:57.870  robot$mirror     pull artifact      base-images/ubi:latest
    02:28:17.090  alice            login user         alice
    02:27:52.561  alice            delete artifact    sandbox/throwaway@42815af117ac
    02:27:52.555  alice            delete repository  sandbox/throwaway
    02:10:39.700  bob              login! user        bob
    02:10:31.204  bob              login! user        bob
    02:10:09.985  bob              login user         bob
    01:36:46.018  admin            login user         admin
    01:36:00.442  admin            update configuration  configuration
    01:35:32.112  admin            create project     partner-globex
    01:00:02.004  robot$ci-pusher  create artifact    payments/api:v40
    01:00:00.319  robot$ci-pusher  create artifact    payments/worker:v12
    00:41:50.730  mallory          delete! project    payments
    00:38:15.145  k8s-pull         pull artifact      payments/api@5d3fbfd3c224
    00:03:24.101  k8s-pull         pull artifact      payments/api@5d3fbfd3c224
    00:02:40.611  bob              create robot       robot$payments+deploy
    00:01:22.301  admin            login user         admin
    00:01:05.023  robot$mirror     pull artifact      base-images/debian:2.2.5
    00:00:50.771  %1B%5D0%3Bx%07   login! user        %1B%5D0%3Bx%07
    00:00:31.008  alice            delete! artifact   payments/ledger@9f2ac1c6e0b1
    00:00:18.402  robot$ci-pusher  create artifact    payments/worker:v12
    00:00:11.660  k8s-pull         pull artifact      web-frontend/nginx:1.1.7
    00:00:04.002  admin            update configuration  configuration
    00:00:00.118  robot$ci-pusher  create artifact    payments/api:v41
"""
# What strangers have typed into the name of the sign-in page.
HOSTILE = """
    %1B%5D0%3Bpwned%07bob %1B%5B31mred%1B%5B0m %5B%2F%5D %5B%40click%3Dapp.quit%5Dx%5B%2F%5D
    a%E2%80%AEgnp.exe %3Dcmd%7C%27+%2FC+calc%27%21A0 %E6%97%A5%E6%9C%AC%E8%AA%9E tab%09line%0Afeed
"""
SCANS = 40


_pasts: dict[datetime, tuple[list[Event], list[Event]]] = {}
"""What has been made already, by the demo's present: every demo that begins then has this past."""


def fill(demo: DemoHarbor) -> None:
    """Fills the audit log and the older one, which has stood still since the upgrade."""
    now = demo.clock()
    if demo.scenario == "large":
        known, end = kinds(demo), milliseconds(now - QUIET)
        weights = [weight(kind) for kind in known]
        demo.audit = EventLog(demo.clock, Generated(LARGE, end, known, weights))
        _today(demo)
        return
    if now not in _pasts:
        known = kinds(demo)
        _past(demo.audit, known, COUNT, now - QUIET)
        _today(demo)
        old = [kind for kind in known if kind.kind in OLD_KINDS]
        _past(demo.history, old, OLD_COUNT, now - timedelta(days=UPGRADED))
        _pasts[now] = (demo.audit.stored, demo.history.stored)
    demo.audit.restore(_pasts[now][0])
    demo.history.restore(_pasts[now][1])


def _past(log: EventLog, known: list[Event], count: int, end: datetime) -> None:
    """`count` events of the days before `end`, more of them by day than by night."""
    chance = random.Random(count)
    chosen = chance.choices(known, [weight(kind) for kind in known], k=count)
    times: list[datetime] = []
    while len(times) < count:
        time = end - timedelta(days=DAYS * chance.random())
        if 7 <= time.hour < 18 or chance.random() < 0.25:
            times.append(time)
    for time, kind in zip(sorted(times), chosen, strict=True):
        add(log, kind, time)


def add(log: EventLog, kind: Event, time: datetime) -> None:
    """Appends an event of this kind."""
    what = (kind.username, kind.operation, kind.resource_type, kind.resource, kind.description)
    log.append(*what, succeeded=kind.succeeded, project_id=kind.project_id, at=time)


def _today(demo: DemoHarbor) -> None:
    now = demo.clock()
    for line in TODAY.strip().splitlines():
        ago, username, operation, kind, thing = line.split()
        hours, minutes, seconds = ago.split(":")
        past = timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))
        succeeded = not operation.endswith("!")
        event = described(demo, username, operation.rstrip("!"), kind, thing)
        add(demo.audit, event._replace(succeeded=succeeded), now - past)


def described(demo: DemoHarbor, who: str, operation: str, kind: str, thing: str) -> Event:
    """An event with its description and its project, both found from the thing."""
    name, at, prefix = thing.partition("@")
    if at:
        known = [row["digest"] for row in demo.artifacts.values() if row["repository_name"] == name]
        found = next((digest for digest in known if digest.startswith(f"sha256:{prefix}")), "")
        thing = f"{name}@{found or 'sha256:' + prefix * 5 + prefix[:4]}"
    verb = "push" if (operation, kind) == ("create", "artifact") else operation
    said = f"{verb} {kind}: {thing}"
    if operation in ("login", "logout") or kind == "configuration":
        said = operation if kind == "user" else f"{operation} {kind}"
    name = project_of(kind, thing)
    number = next((key for key, row in demo.projects.items() if row["name"] == name), 0)
    return Event(0, 0, who, operation, kind, thing, said, True, number if name else 0)


def project_of(kind: str, thing: str) -> str:
    """The project that an event is about; empty if it is about none."""
    if kind == "project":
        return thing
    if kind == "robot":
        return thing.partition("+")[0].partition("$")[2] if "+" in thing else ""
    return thing.partition("/")[0] if "/" in thing else ""


def weight(kind: Event) -> float:
    """How often such an event happens, beside others."""
    if kind.kind == "pull_artifact":
        return 3.0
    if kind.username == "harbor-jobservice":
        return 12.0
    return {"create_artifact": 1.0, "login_user": 9.0, "logout_user": 5.0}.get(kind.kind, 0.02)


def kinds(demo: DemoHarbor) -> list[Event]:
    """Everything that happens in this registry, each once."""
    return [*_artifacts(demo), *_people(demo), *_rare(demo), *_scans(demo)]


def _artifacts(demo: DemoHarbor) -> Iterator[Event]:
    for row in demo.artifacts.values():
        if not row["listed"]:
            continue
        name, by_digest = row["repository_name"], f"{row['repository_name']}@{row['digest']}"
        yield from _pulls(row, by_digest)
        for tag in row["tags"]:
            said = f"push artifact: {by_digest}"
            thing = f"{name}:{tag['name']}"
            who = "admin" if len(thing) % 5 == 0 else "robot$ci-pusher"
            yield Event(0, 0, who, "create", "artifact", thing, said, True, row["project_id"])


def _pulls(row: Json, by_digest: str) -> Iterator[Event]:
    said = f"pull artifact: {by_digest}"
    names = [f"{row['repository_name']}:{tag['name']}" for tag in row["tags"]]
    for number, thing in enumerate([by_digest, *names]):
        who = ("k8s-pull", "robot$mirror", "robot$ci-pusher")[(len(thing) + number) % 3]
        yield Event(0, 0, who, "pull", "artifact", thing, said, True, row["project_id"])


def _people(demo: DemoHarbor) -> Iterator[Event]:
    names = [user["username"] for user in demo.users.values() if user["username"].isprintable()]
    for name in names:
        yield Event(0, 0, name, "login", "user", name, "login")
        yield Event(0, 0, name, "logout", "user", name, "logout")
        failed = Event(0, 0, name, "login", "user", name, "login", False)
        yield failed
        made = described(demo, "admin", "create", "user", name)
        yield made._replace(description=f"create user: {name}")
    for name in HOSTILE.split():
        yield Event(0, 0, name, "login", "user", name, "login", False)


def _rare(demo: DemoHarbor) -> Iterator[Event]:
    for project in demo.projects.values():
        yield described(demo, project["owner_name"], "create", "project", project["name"])
    for number in range(1, 40):
        yield described(demo, "alice", "delete", "artifact", f"sandbox/churn@{number:012x}")
        yield described(demo, "bob", "delete", "repository", f"sandbox/tmp-{number}")
        yield described(demo, "mallory", "delete", "project", f"attempt-{number}")
    for robot in demo.robots.values():
        yield described(demo, "admin", "create", "robot", robot["name"])
    yield described(demo, "admin", "update", "configuration", "configuration")
    yield described(demo, "ops-admin", "update", "configuration", "configuration")
    said = "update user with name: ops-admin, add/remove user as system administrator"
    made = described(demo, "admin", "update", "user", "ops-admin")
    yield made._replace(description=said)


def _scans(demo: DemoHarbor) -> Iterator[Event]:
    """What scanning leaves behind: robots that come and go."""
    names = [project["name"] for project in demo.projects.values()]
    for number in range(SCANS):
        robot = f"robot${names[number % len(names)]}+hbscan-Trivy-{number * 2654435761 % 2**32:08x}"
        yield described(demo, "harbor-jobservice", "delete", "robot", robot)
