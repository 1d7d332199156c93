"""`python -m tests.tmux_walk`: what was compared, and every difference; 1 when there was one.

The console is walked through in tmux, drawn by our driver and, with the same keys, by Textual's
own and by `--plain-output`; after each step the panes must hold the same cells and cursor.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from . import routes, strange
from .tmux import Tmux
from .walker import TooMany, Walker

STOCK, PLAIN = ("ours", "stock"), ("ours", "plain")
TRUE = {"COLORTERM": "truecolor"}


@dataclass(frozen=True)
class Round:
    """One walk: what is shown, on what terminal, and where it leads."""

    scene: str
    size: tuple[int, int]
    route: Callable[[Walker], None]
    term: str = "tmux-256color"
    ways: tuple[str, ...] = STOCK
    env: Mapping[str, str] = field(default_factory=lambda: TRUE)


ROUNDS = {
    "places": Round("demo", (120, 40), routes.places),
    "kinds": Round("demo", (120, 40), routes.kinds),
    "narrow": Round("demo", (80, 24), routes.kinds_in_short, "screen-256color", PLAIN, {}),
    "narrow-places": Round("demo", (80, 24), routes.places, "screen-256color", PLAIN, {}),
    "sizes": Round("demo", (100, 30), strange.sizes),
    "long": Round("large", (120, 40), strange.long_lists),
    "sign-in": Round("sign-in", (80, 24), strange.sign_in),
    "hostile": Round("hostile", (120, 40), strange.hostile, ways=PLAIN),
    "sixteen": Round("demo", (80, 24), strange.short, "screen", env={}),
    "colourless": Round("demo", (80, 24), strange.short, env={"NO_COLOR": "1"}),
}


def walked(name: str, found: Round) -> Walker:
    """Walk one round."""
    with (
        tempfile.TemporaryDirectory() as home,
        Tmux(found.ways, found.size, home, term=found.term, **found.env) as tmux,
    ):
        tmux.start(found.scene)
        walk = Walker(tmux, lambda words: print(f"{name}: {words}", flush=True))  # noqa: T201
        walk.where, began = "start", monotonic()
        try:
            walk.resize(*found.size, "Sign in" if found.scene == "sign-in" else "NEEDS ATTENTION")
            found.route(walk)
        except TooMany:
            walk.tell("so much differs that the rest was left out")
        walk.tell(f"{walk.compared} screens compared in {monotonic() - began:.0f} s")
    return walk


def main() -> int:
    """All rounds, or those that are named; no tmux stays behind when it is stopped."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    parser = argparse.ArgumentParser(prog="python -m tests.tmux_walk")
    parser.add_argument("rounds", nargs="*", metavar="ROUND", help=", ".join(ROUNDS))
    wanted = parser.parse_args().rounds or list(ROUNDS)
    if missing := routes.missing():
        print(f"FAILED no way leads to {', '.join(missing)}")  # noqa: T201
        return 1
    walks = [walked(name, ROUNDS[name]) for name in wanted]
    compared, failures = sum(w.compared for w in walks), sum(w.failures for w in walks)
    print(f"screens compared: {compared:,}; {failures} differed or failed")  # noqa: T201
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
