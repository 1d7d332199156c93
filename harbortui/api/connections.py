"""Connections to one server, kept from one call to the next and made anew when in doubt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx

from harbortui.api.errors import Unreachable
from harbortui.api.wire import Call, exchange

GIVEN_UP = 3
"""Calls without an answer after which connections are made anew."""


class Connections:
    """Those that `make` makes."""

    def __init__(self, make: Callable[[], httpx.AsyncClient]) -> None:
        self._make, self._http = make, make()
        self._under_way = self._given_up = 0

    async def exchange(self, url: str, auth: httpx.Auth | None, call: Call) -> httpx.Response:
        """One call; after some that were given up on new connections, once the old ones rest.

        httpcore 1.0 keeps a place for a connection that was cancelled while it was being had or
        left: when all six are taken so, nothing would ever be asked again.
        """
        if self._given_up >= GIVEN_UP and not self._under_way:
            self._given_up = 0
            await self.renew()
        self._under_way += 1
        try:
            return await exchange(self._http, url, auth, call)
        except (asyncio.CancelledError, Unreachable):
            self._given_up += 1
            raise
        finally:
            self._under_way -= 1

    async def renew(self) -> None:
        """Make the connections anew."""
        old, self._http = self._http, self._make()
        await old.aclose()

    async def close(self) -> None:
        """Close them."""
        await self._http.aclose()
