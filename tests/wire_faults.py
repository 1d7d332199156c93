"""What a server on raw sockets can do to a request instead of answering it."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct

from harbortui.api import wire

from .serving import Serve, closing, silent, written

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BOMB = gzip.compress(b" " * (wire.JSON_LIMIT + 2**20))


def sending(*parts: bytes, pause: float = 0.0) -> Serve:
    """Sends these bytes and closes."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return serve


def without_end(start: bytes, part: bytes, pause: float = 0.0) -> Serve:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while not writer.is_closing():
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return serve


async def resetting(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A part of the answer, then a reset."""
    writer.write(HEAD + b"Content-Length: 100\r\n\r\n[{")
    await writer.drain()
    opened = writer.get_extra_info("socket")
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


GZIP = b"Content-Encoding: gzip\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
FAULTS: dict[str, tuple[Serve, str]] = {
    "F10 no answer": (silent, "in time"),
    "F11 slow body": (
        without_end(HEAD + b"Content-Length: 9999\r\n\r\n", b" ", 0.01), "in time"
    ),
    "F11 slow headers": (without_end(b"HTTP/1.1 200 OK\r\nX: ", b"y", 0.01), "in time"),
    "F12 shorter than said": (sending(HEAD + b"Content-Length: 99\r\n\r\n[{"), "broke off"),
    "F12 a piece is missing": (
        sending(HEAD + CHUNKED + b"ff\r\n[{"), "broke off"
    ),
    "F13 cut off without a length": (sending(HEAD + b'\r\n[{"id": 1'), "cut short"),
    "F14 reset in mid-body": (resetting, "closed the connection"),
    "F15 closed before the answer": (closing, "broke off"),
    "F16 SSH": (sending(b"SSH-2.0-OpenSSH_9.6\r\n"), "does not speak HTTP"),
    "F16 TLS": (sending(b"\x15\x03\x01\x00\x02\x02\x46"), "does not speak HTTP"),
    "F16 noise": (sending(bytes(range(256)) * 8), "does not speak HTTP"),
    "F16 a header of 1 MiB": (sending(HEAD + b"X: " + b"y" * 2**20), "does not speak HTTP"),
    "F16 two lengths": (
        sending(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n[]"), "does not speak HTTP"
    ),
    "F17 gzip bomb": (
        sending(written(BOMB, "200 OK", "Content-Encoding: gzip")), "larger than 16 MiB"
    ),
    "F17 without end": (
        without_end(HEAD + CHUNKED, b"40000\r\n%b\r\n" % (b" " * 2**18)),
        "larger than 16 MiB",
    ),
    "F18 no gzip": (sending(written(b"no gzip", "200 OK", "Content-Encoding: gzip")), "unpacked"),
    "F18 half of the gzip": (
        sending(HEAD + GZIP + CHUNKED + b"4\r\n" + BOMB[:4] + b"\r\n"),
        "broke off",
    ),
    "F09 http to a port of https": (
        sending(b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n"
                b"The plain HTTP request was sent to HTTPS port"), "https:// is spoken there"
    ),
}  # fmt: skip
