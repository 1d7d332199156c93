"""Things that happen in the demo while somebody watches: `harbortui --demo` runs `live`."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import httpx

from . import copying, gc, pushing
from .answers import Json, Refusal
from .clock import Clock
from .server import DemoHarbor

Sleep = Callable[[float], Awaitable[object]]
Happening = Callable[[DemoHarbor, random.Random], None]

EVERY = 3.0
"""Seconds from one thing to the next, on average."""
PULLERS = ("k8s-pull", "k8s-pull", "robot$mirror", "robot$ci-pusher")
PUSHED = (
    "catalog/api",
    "payments/api",
    "payments/worker",
    "web-frontend/nginx",
    "web-frontend/app",
)
STRANGERS = ("root", "administrator", "%1B%5D0%3Bpwned%07admin", "bob", "test")
FIRST_VERSION = 42
BURST = 25
MIB = 2**20


def pull(demo: DemoHarbor, chance: random.Random) -> None:
    """A cluster or a mirror pulls something."""
    rows = [row for row in demo.artifacts.values() if row["listed"] and row["tags"]]
    pushing.pull(demo, chance.choice(PULLERS), chance.choice(rows))


def push(demo: DemoHarbor, chance: random.Random) -> None:
    """A pipeline pushes a new version."""
    name = chance.choice(PUSHED)
    known = [
        int(tag["name"][1:])
        for row in demo.artifacts.where(repository_name=name)
        for tag in row["tags"]
        if tag["name"][:1] == "v" and tag["name"][1:].isdigit()
    ]
    version = max([FIRST_VERSION - 1, *known]) + 1
    try:
        pushing.image(demo, "robot$ci-pusher", name, f"v{version}", chance.randint(20, 90) * MIB)
    except Refusal:
        # The project is full. Harbor tells whoever pushes, and the audit log nothing.
        return


def roll_out(demo: DemoHarbor, chance: random.Random) -> None:
    """A cluster starts many machines at once: a burst of the same pulls."""
    row = demo.artifact("web-frontend/nginx:latest") if chance.random() < 0.5 else None
    row = row or chance.choice([row for row in demo.artifacts.values() if row["tags"]])
    for _ in range(chance.randint(BURST // 2, BURST)):
        pushing.pull(demo, "k8s-pull", row)


def sign_in(demo: DemoHarbor, chance: random.Random) -> None:
    """Somebody signs in."""
    name = chance.choice([user["username"] for user in users(demo)])
    demo.record(name, "login", "user", name, "login")


def fail_to_sign_in(demo: DemoHarbor, chance: random.Random) -> None:
    """Somebody, or a stranger, does not know the password."""
    name = chance.choice(STRANGERS)
    demo.record(name, "login", "user", name, "login", False)


def scan(demo: DemoHarbor, chance: random.Random) -> None:
    """A robot of the scanner has done its work."""
    project = chance.choice(list(demo.projects.values()))
    name = f"robot${project['name']}+hbscan-Trivy-{chance.getrandbits(32):08x}"
    number = project["project_id"]
    demo.record("harbor-jobservice", "delete", "robot", name, project_id=number)


def replicate(demo: DemoHarbor, chance: random.Random) -> None:
    """A rule runs; those to the site that does not answer fail."""
    rules = [rule for rule in demo.policies.values() if rule["enabled"]]
    if rules:
        copying.start(demo, chance.choice(rules), "scheduled")


def collect(demo: DemoHarbor, chance: random.Random) -> None:
    """A garbage collection starts, if none is under way."""
    if not any(run["status"] in ("Pending", "Running") for run in collections(demo)):
        gc.start(demo, "SCHEDULE", {"delete_untagged": False, "workers": chance.randint(1, 4)})


def collections(demo: DemoHarbor) -> list[Json]:
    """All garbage collections so far."""
    return demo.executions.where(vendor_type=gc.VENDOR)


def users(demo: DemoHarbor) -> list[Json]:
    """Users whose names can be typed."""
    return [user for user in demo.users.values() if user["username"].isprintable()]


WEIGHTS: dict[Happening, float] = {
    pull: 60,
    push: 10,
    scan: 8,
    sign_in: 6,
    fail_to_sign_in: 3,
    roll_out: 2,
    replicate: 1,
    collect: 0.3,
}


def happen(demo: DemoHarbor, chance: random.Random) -> None:
    """One thing happens."""
    chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0](demo, chance)


async def live(demo: DemoHarbor, seed: int = 1, sleep: Sleep = asyncio.sleep) -> None:
    """Lets one thing after another happen until it is cancelled; nothing while Harbor is down."""
    chance = random.Random(seed)
    while True:
        await sleep(chance.expovariate(1 / EVERY))
        if not demo.down and not demo.configuration["read_only"]:
            happen(demo, chance)


class LivingHarbor(DemoHarbor):
    """The demo with things happening, from its first request until it is closed."""

    def __init__(self, scenario: str = "") -> None:
        super().__init__(scenario, Clock(None))
        self._living: asyncio.Task[None] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._living is None:
            self._living = asyncio.create_task(live(self))
        return await super().handle_async_request(request)

    async def aclose(self) -> None:
        if self._living is not None:
            self._living.cancel()
