"""What can be wrong before a byte of HTTP: certificates, TLS, ports, names."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import pytest
import trustme

from .test_diagnosis import CA, OURS, shown

Troubles = dict[str, tuple[ssl.SSLContext | None, str]]
QUICK = "timeout:1 attempts:1"
"""For the system's resolver, where there is none to ask."""


def good() -> ssl.SSLContext:
    """What nothing is wrong with."""
    return shown(CA.issue_cert(OURS))


def of_tls() -> Troubles:
    """A server with each, and what is said of it."""
    expired = CA.issue_cert(OURS, not_after=datetime(2020, 1, 1, tzinfo=UTC))
    future = CA.issue_cert(OURS, not_before=datetime(2990, 1, 1, tzinfo=UTC))
    return {
        "F04 unknown authority": (shown(trustme.CA().issue_cert(OURS)), "unknown authority"),
        "F05 expired": (shown(expired), "has expired"),
        "F05 not yet": (shown(future), "not valid yet"),
        "F06 another name": (shown(CA.issue_cert("harbor.example.com")), "for another address"),
        "F07 client certificate": (_wanting(), "client certificate"),
        "F08 old TLS": (_old(), "TLS"),
        "F09 https to a port of http": (None, "speaks http, not https"),
    }


def _old() -> ssl.SSLContext:
    context = good()
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def _wanting() -> ssl.SSLContext:
    context = good()
    CA.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


old_tls = pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
"""Python says that nobody should speak it any more."""


@contextmanager
def full(port: int) -> Iterator[None]:
    """A port whose queue is full, so that nobody is heard any more."""
    with ExitStack() as opened:
        listening = opened.enter_context(socket.socket())
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((OURS, port))
        listening.listen(0)
        for _ in range(4):
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((OURS, port))
        yield
