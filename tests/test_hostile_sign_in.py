"""What a server says before anybody is signed in, and what a terminal sends, does no harm."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import httpx
import pytest

from harbortui.demo import DemoHarbor
from harbortui.screens.signin import SignInScreen

from .bridge import bridged
from .console import type_in, until, words
from .counting import Count
from .hostile import SHORT, HostileHarbor
from .installed import QUIT, Installed, environment
from .watched import Watched, app_on

PASTE = b"\x1b[200~" + b"x" * 70_000 + b"\x1b[201~"
REFUSED = "Paste refused: 70,000 characters"


class Rude(HostileHarbor):
    """Refuses everybody, in a stranger's words."""

    said = ""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST" and self.said:
            refused = {"errors": [{"code": self.said, "message": self.said}]}
            return httpx.Response(400, content=json.dumps(refused))
        return await super().handle_async_request(request)


async def test_what_a_server_says_while_signing_in_is_harmless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    rude, terminal = Rude(DemoHarbor()), Watched()
    rude.said, rude.hostile = "first of all", True
    app: Any = app_on(rude, terminal)
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await until(pilot, lambda: "first of all" in words(app))
        for turn, rude.said in enumerate(SHORT[::12]):
            rude.spoiler.turn = turn
            form: Any = app.screen
            assert isinstance(form, SignInScreen)
            await type_in(pilot, "x")
            form.say("")
            await pilot.press("enter")
            await until(pilot, lambda f=form: not f.sending)
            count("hostile refusals of signing in", 1)
        rude.said = ""
        await pilot.press("ctrl+u", *"Harbor12345", "enter")
        await until(pilot, lambda: "NEEDS ATTENTION" in words(app))
        assert not app.crashed
        assert terminal.foreign() == []


def test_refused_pastes_are_said_and_a_stay_in_the_shell_is_asked_about(tmp_path: Path) -> None:
    demo = DemoHarbor()
    env = environment(tmp_path, HARBORTUI_PASSWORD="wrong")
    with bridged(demo) as port:
        address = f"http://127.0.0.1:{port}"
        with Installed(address, "--username", "admin", env=env) as program:
            program.shows("wrong user name or password")
            program.send(PASTE)
            program.shows(REFUSED)
            program.send(b"Harbor12345\r")
            program.shows("NEEDS ATTENTION")
            program.send(PASTE)
            program.shows(REFUSED)
            program.send(b"\x1a")
            program.until(lambda: _state(program.process.pid) == "T")
            asked = len(demo.requests)
            os.kill(program.process.pid, signal.SIGCONT)
            program.until(lambda: "GET /api/v2.0/users/current" in demo.requests[asked:])
            program.send(QUIT)
            assert program.exit_code() == 0


def _state(number: int) -> str:
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
