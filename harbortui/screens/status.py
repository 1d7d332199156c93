"""`:status`: how one is connected, as whom, with what rights."""

from __future__ import annotations

import os
from collections.abc import Sequence

from harbortui import __version__
from harbortui.screens import chrome
from harbortui.screens.details import FactsScreen, fact_rows
from harbortui.session import Session
from harbortui.shown import Fact, Heading, Line, Part

PROXIES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")
SKEW = 30
"""Seconds of difference between two clocks from which it is worth a word."""


class StatusScreen(FactsScreen):
    """Read again like any screen: the connection's facts change."""

    interval = 10.0

    def __init__(self, session: Session) -> None:
        super().__init__(session, "status")

    async def load(self) -> None:
        """Who we are, asked again; what Harbor says of itself."""
        await self.session.probe(force=True)
        await self.session.reread()
        self.show_rows(fact_rows(self._lines(), self.session.clock))

    def _lines(self) -> Sequence[Line]:
        session, system = self.session, self.session.system
        return [
            Heading("HARBOR"),
            Fact("Address", session.harbor.url),
            Fact("Version", system.harbor_version or Part("not said", "muted")),
            Fact("Sign-in", system.auth_mode),
            Fact("Registry", system.registry_url or Part("not said", "muted")),
            Fact("Read-only", "yes" if system.read_only else "no"),
            Heading("THIS CONNECTION"),
            Fact("Signed in as", f"{session.me.username} · {chrome.role(session)}"),
            Fact("By", session.way),
            Fact("Credentials", f"from {session.source}" if session.source else "none"),
            Fact("TLS", self._tls()),
            Fact("Proxy", self._proxy()),
            Fact("Last answer", f"{session.harbor.took * 1000:.0f} ms"),
            Fact("Clock", self._clock()),
            Fact("Profile", session.profile or Part("none", "muted")),
            Fact("Changes", "refused: read-only profile" if session.read_only else "allowed"),
            Heading("HARBORTUI"),
            Fact("Version", __version__),
            *(Fact("Wrong in the settings", Part(one, "warn")) for one in session.problems),
            *self._permissions(),
        ]

    def _tls(self) -> Part:
        if self.session.insecure:
            return Part("NOT VERIFIED", "bad")
        secure = self.session.harbor.url.startswith("https:")
        return Part("verified") if secure else Part("none: http", "warn")

    def _proxy(self) -> Part:
        name = next((name for name in PROXIES if os.environ.get(name)), "")
        return Part(f"by {name}") if name else Part("none", "muted")

    def _clock(self) -> Part:
        offset = self.session.harbor.offset
        words = f"the server is {abs(offset):.0f} s {'ahead' if offset > 0 else 'behind'}"
        return Part(words, "warn") if abs(offset) > SKEW else Part("the same as here", "muted")

    def _permissions(self) -> Sequence[Line]:
        if self.session.me.is_admin:
            return [Heading("PERMISSIONS"), Fact("System", "everything")]
        granted = sorted(self.session.granted(None))
        lines: list[Line] = [Heading("PERMISSIONS IN THE SYSTEM")]
        return [*lines, *(Fact(noun, verb) for noun, verb in granted)] or lines
