"""The console over a registry whose time stands still: `python -m tests.tmux_walk.program`.

The first argument says what draws it: `ours`, `plain` (whole lines) or `stock` (Textual's own
driver); the second what is shown: `demo`, `large`, `hostile` or `sign-in`.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import Any

from harbortui.terminal import start as terminal_start

terminal_start.prepare()

import httpx  # noqa: E402
from pydantic import SecretStr  # noqa: E402
from textual.drivers.linux_driver import LinuxDriver  # noqa: E402

from harbortui import glance  # noqa: E402
from harbortui.api.harbor import Harbor  # noqa: E402
from harbortui.app import HarborApp  # noqa: E402
from harbortui.clock import Clock  # noqa: E402
from harbortui.credentials import Credential  # noqa: E402
from harbortui.demo import DemoHarbor, credentials  # noqa: E402
from harbortui.paths import Folder  # noqa: E402
from harbortui.profile import Profile  # noqa: E402
from harbortui.screens import confirm, framed  # noqa: E402
from harbortui.settings import Settings  # noqa: E402
from harbortui.start import Start  # noqa: E402
from harbortui.state import Memory  # noqa: E402
from harbortui.terminal.driver import Terminal  # noqa: E402
from tests.console import ADDRESS  # noqa: E402
from tests.hostile import HostileHarbor  # noqa: E402


class Stock(Terminal):
    """Textual's own driver instead of ours."""

    def driver_class(self) -> Any:
        """The one for Linux."""
        return LinuxDriver


def registry(scene: str, demo: DemoHarbor) -> httpx.AsyncBaseTransport:
    """What is asked: a hostile registry is seen by those who have seen an honest one."""
    if scene != "hostile":
        return demo
    from tests.test_hostile import reached

    harbor = HostileHarbor(demo)
    harbor.known |= reached()[0].known
    harbor.hostile = True
    return harbor


def stand_still() -> None:
    """What depends on how long something took does not: two programs shall show the same."""
    framed.SAID_FOR = confirm.DEAF = 0.0
    timeless = property(lambda _: 0.0, lambda _, __: None)
    Harbor.took = timeless  # type: ignore[assignment]  # what is said of it is in no time


def main(way: str, scene: str) -> None:
    """Run it until it is left."""
    stand_still()
    demo = DemoHarbor("large" if scene == "large" else "")
    asked = registry(scene, demo)
    username, password = credentials("")
    profile = None if scene == "sign-in" else Profile(url=ADDRESS, username=username)
    start = Start(
        Settings(profile=profile),
        Memory(Folder(None, "it remembers nothing")),
        Credential(username, SecretStr(password), "the walk") if profile else None,
        transport=lambda: asked,
        clock=Clock(lambda: demo.clock().timestamp()),
    )
    terminal = Stock() if way == "stock" else Terminal(plain=way == "plain")
    opening = replace(start.opening, theme=glance.theme(os.environ))
    HarborApp(opening, terminal).run()


if __name__ == "__main__":
    main(*sys.argv[1:3])
