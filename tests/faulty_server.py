"""A demo behind a real port that can be shut, opened again with other TLS, and misbehave."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from harbortui.demo import DemoHarbor

from .bridge import Bridge
from .serving import serving


class Server:
    """On 127.0.0.1, on the same port all the time."""

    def __init__(self, demo: DemoHarbor) -> None:
        self.demo, self.bridge, self.port = demo, Bridge(demo), 0
        self._open = AsyncExitStack()

    async def open(self, tls: ssl.SSLContext | None = None) -> None:
        """Listen, on the same port as before."""
        self.port = await self._open.enter_async_context(serving(self.bridge.serve, tls, self.port))

    async def shut(self) -> None:
        """Close the port and all connections."""
        await self._open.aclose()


@asynccontextmanager
async def server(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """An open one."""
    made = Server(DemoHarbor())
    await made.open(tls)
    try:
        yield made
    finally:
        await made.shut()
