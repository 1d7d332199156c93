"""A signal while a change is on its way: what is unknown is said, and no secret with it."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from threading import Event

import httpx

from harbortui.demo import DemoHarbor

from .bridge import bridged
from .counting import Count
from .installed import Installed, environment
from .test_secrets import files, leaked


class Silent(httpx.AsyncBaseTransport):
    """The demo, which never answers a change of a password."""

    def __init__(self, demo: DemoHarbor) -> None:
        self.demo, self.reached = demo, Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT" and request.url.path.endswith("/password"):
            self.reached.set()
            await asyncio.Event().wait()
        return await self.demo.handle_async_request(request)


def test_a_signal_in_mid_write_tells_what_is_unknown_and_no_secret(
    demo: DemoHarbor, tmp_path: Path, count: Count
) -> None:
    """The one who signs in, and the new password of somebody else, which is on its way."""
    mine, new = "Harbor12345", "Newer-Passw0rd"
    silent, env = Silent(demo), environment(tmp_path, HARBORTUI_PASSWORD=mine)
    with bridged(silent) as port:
        address = f"http://127.0.0.1:{port}"
        with Installed(address, "--username", "admin", ":users", env=env) as program:
            program.shows("alice")
            program.send(b"/alice\r")
            program.shows("1 user")
            program.send(b"p")
            program.shows("New password")
            program.send(f"{new}\t{new}".encode())
            program.until(lambda: program.text().count("•" * len(new)) == 2)
            program.send(b"\x13")
            program.until(silent.reached.is_set)
            program.process.send_signal(signal.SIGTERM)
            assert program.exit_code(limit=12) == 143
            program.listen(0.2)
            assert b"The outcome is unknown: PUT /users/" in program.raw, program.raw[-900:]
            assert b"Traceback" not in program.raw
            raw = program.raw
        journal = (tmp_path / ".local/state/harbortui/writes.jsonl").read_text()
        assert '"result": "unknown"' in journal
    found = [leaked(one, raw, *files(tmp_path)) for one in (mine, new)]
    assert [one for one in found if one] == []
    count("secrets × (terminal, files) of a signal in mid-write", 4)
