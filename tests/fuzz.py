"""`python -m tests.fuzz [--minutes 2] [--seed 1]`: JSON, keys and terminal input at random.

Each gets a third of the time. The seed of a round that fails is printed; the same seed alone does
the same again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import httpx

from harbortui.commands import PLACES
from harbortui.demo import DemoHarbor
from harbortui.demo.routing import ROOT

from .bridge import bridged
from .hostile import SHORT
from .installed import QUIT, Installed, environment
from .watched import watched

KEYS = [
    *"jkgGdyaneDSPRr/:?*vofwtcbhimpsux.zEFN@123 ", "enter", "escape", "tab", "space", "up", "down",
    "pageup", "pagedown", "ctrl+d", "ctrl+u", "ctrl+p", "ctrl+s", "ctrl+l", "ctrl+c", "f1", "left",
]  # fmt: skip
STRANGE = [None, True, -1, 2**63, 1e308, "", [], {}, [None], {"a": []}, "0001-01-01T00:00:00Z"]
SIZES = [(120, 40), (80, 24), (40, 10), (30, 5), (200, 60)]
PLACES_TYPED = [f":{place.name}" for place in PLACES if place.name not in ("quit", "profiles")]
STEPS = 40
"""Keys, or reads, in one round."""


class Mutating(httpx.AsyncBaseTransport):
    """The demo; one answer in so many is not what it was."""

    def __init__(self, dice: random.Random, often: float) -> None:
        self.demo, self.dice, self.often = DemoHarbor(), dice, often

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.demo.handle_async_request(request)
        ours = request.url.path.startswith(ROOT) and "current" not in request.url.path
        if not ours or self.dice.random() > self.often or not answer.content:
            return answer
        kept = {k: v for k, v in answer.headers.items() if k != "content-length"}
        if self.dice.random() < 0.1:
            kept["X-Total-Count"] = str(self.dice.choice([*STRANGE[:5], "9" * 30]))
        return httpx.Response(answer.status_code, headers=kept, content=self._content(answer))

    def _content(self, answer: httpx.Response) -> bytes:
        dice, content = self.dice, answer.content
        if dice.random() < 0.3 or "json" not in answer.headers.get("content-type", ""):
            at = dice.randrange(len(content))
            return (
                content[:at] + dice.randbytes(dice.randrange(4)) + content[at + dice.randrange(9) :]
            )
        return json.dumps(self._value(answer.json())).encode()

    def _value(self, value: Any) -> Any:
        dice = self.dice
        if dice.random() < 0.03:
            return dice.choice([*STRANGE, dice.choice(SHORT)])
        if isinstance(value, dict):
            return {k: self._value(v) for k, v in value.items() if dice.random() > 0.02}
        if isinstance(value, list):
            return [
                self._value(one) for one in value for _ in range(dice.choice([1] * 30 + [0, 2]))
            ]
        return value


async def _driven(dice: random.Random, often: float, press: Callable[[], list[str]]) -> None:
    """Keys in the app over answers that may be anything: it lives, and nothing foreign is sent."""
    transport = Mutating(dice, 0.0)
    async with watched(transport, dice.choice(SIZES[:2])) as (pilot, terminal):
        app: Any = pilot.app
        transport.often = often
        for _ in range(STEPS):
            for key in press():
                app.simulate_key(key)
            await pilot.pause(dice.choice([0.0, 0.01, 0.05]))
            if dice.random() < 0.05:
                await pilot.resize_terminal(*dice.choice(SIZES))
            assert not app.crashed
            if not app.is_running:
                break
        assert terminal.foreign() == [], terminal.foreign()


def answers(dice: random.Random) -> None:
    """Places, one after another, while answers are spoilt."""

    def press() -> list[str]:
        typed = [*dice.choice(PLACES_TYPED), "enter"]
        names = {":": "colon", "-": "minus", "_": "underscore", " ": "space", "/": "slash"}
        return dice.choice([[names.get(key, key) for key in typed], [dice.choice(KEYS)]])

    asyncio.run(_driven(dice, 0.3, press))


def keys(dice: random.Random) -> None:
    """Any keys at all."""
    asyncio.run(_driven(dice, 0.02, lambda: dice.choices(KEYS, k=dice.randrange(1, 5))))


def terminal(dice: random.Random) -> None:
    """Bytes that no keyboard sends, at the installed program: it still leaves when told."""
    with tempfile.TemporaryDirectory() as home, bridged(DemoHarbor()) as port:
        env = environment(Path(home), HARBORTUI_PASSWORD="Harbor12345")
        address = f"http://127.0.0.1:{port}"
        with Installed(address, "--username", "admin", env=env) as program:
            program.shows("NEEDS ATTENTION")
            for _ in range(STEPS):
                noise = (
                    dice.randbytes(dice.randrange(1, 60)).replace(QUIT, b"").replace(b"\x1a", b"")
                )
                program.send(
                    dice.choice([noise, b"\x1b[" + noise, b"\x1b]" + noise, b"\x1b[200~" + noise])
                )
                program.listen(0.02)
            program.listen(3.0)
            program.send(b"\x1b[201~")
            program.send(QUIT)
            code = program.exit_code()
            assert code == 0, f"exit code {code}: {program.text()}"
            assert program.remains() == [], program.remains()


ROUNDS = (answers, keys, terminal)


def main() -> int:
    """Rounds until the time is over; 1 when one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--seed", type=int, help="one round of each with this seed")
    wanted = parser.parse_args()
    os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="harbortui-fuzz-")
    failed, number, end = 0, wanted.seed or random.SystemRandom().randrange(10**9), monotonic()
    end += wanted.minutes * 60
    done = dict.fromkeys((one.__name__ for one in ROUNDS), 0)
    while True:
        for one in ROUNDS:
            try:
                one(random.Random(number))
            except AssertionError as error:
                failed += 1
                sys.stdout.write(f"FAILED {one.__name__} --seed {number}: {str(error)[:2000]}\n")
            done[one.__name__] += 1
        if wanted.seed is not None or monotonic() > end:
            break
        number += 1
    counted = ", ".join(f"{count} of {name}" for name, count in done.items())
    sys.stdout.write(f"rounds: {counted}; {failed} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
