"""Any transport as a server on 127.0.0.1, for the installed program."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager

import h11
import httpx

from harbortui.demo.routing import ROOT

from .serving import Serve, beside


class Bridge:
    """One connection after another, each request handed to the transport."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self.transport = transport
        self.fault: Serve | None = None
        """What happens to every request for the API instead of an answer."""
        self.change: Callable[[httpx.Response], httpx.Response] | None = None
        """What becomes of every answer of the API but who one is: that would be another."""
        self.asked = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak HTTP/1.1 until the client goes away."""
        speaker = h11.Connection(h11.SERVER)
        while True:
            request = await _event(speaker, reader)
            if not isinstance(request, h11.Request):
                writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            body = b""
            while isinstance(event := await _event(speaker, reader), h11.Data):
                body += event.data
            self.asked += 1
            if self.fault and request.target.startswith(ROOT.encode()):
                await self.fault(reader, writer)
                return
            answer = await self.transport.handle_async_request(_asked(request, body))
            await answer.aread()
            if self.change and request.target.startswith(ROOT.encode()) and not ours(request):
                writer.write(_raw(self.change(answer)))
                return
            headers = [(k, v) for k, v in answer.headers.raw if k.lower() != b"content-length"]
            headers.append((b"Content-Length", str(len(answer.content)).encode()))
            writer.write(
                speaker.send(h11.Response(status_code=answer.status_code, headers=headers))
            )
            writer.write(speaker.send(h11.Data(data=answer.content)))
            writer.write(speaker.send(h11.EndOfMessage()))
            await writer.drain()
            if speaker.our_state is not h11.DONE:
                return
            speaker.start_next_cycle()


def ours(request: h11.Request) -> bool:
    """It is asked who is signed in."""
    return request.target.endswith(b"/users/current")


async def _event(speaker: h11.Connection, reader: asyncio.StreamReader) -> object:
    try:
        while (event := speaker.next_event()) is h11.NEED_DATA:
            speaker.receive_data(await reader.read(65536))
    except h11.RemoteProtocolError:  # TLS, for instance
        return None
    return event


def _raw(answer: httpx.Response) -> bytes:
    """Whatever its headers are: h11 would send no strange ones."""
    kept = [pair for pair in answer.headers.raw if pair[0].lower() != b"content-length"]
    kept.append((b"Content-Length", str(len(answer.content)).encode()))
    lines = b"".join(b"%b: %b\r\n" % pair for pair in kept)
    return b"HTTP/1.1 %d OK\r\n%b\r\n%b" % (answer.status_code, lines, answer.content)


def _asked(request: h11.Request, body: bytes) -> httpx.Request:
    host = dict(request.headers)[b"host"].decode()
    url = f"http://{host}{request.target.decode()}"
    headers = [(name.decode(), value.decode("latin-1")) for name, value in request.headers]
    return httpx.Request(request.method.decode(), url, headers=headers, content=body)


def bridged(
    transport: httpx.AsyncBaseTransport, tls: ssl.SSLContext | None = None
) -> AbstractContextManager[int]:
    """The port of a server in a thread of its own, for tests that wait for a program."""
    return beside(Bridge(transport).serve, tls)
