"""Text that strangers may have written, and a registry whose every answer is full of it."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx

from harbortui.demo import DemoHarbor
from harbortui.demo.answers import Refusal
from harbortui.demo.routing import ROOT, find, numbers

ESC, CSI, OSC, ST, BEL = "\x1b", "\x9b", "\x9d", "\x9c", "\x07"
LINK = f"{ESC}]8;;file:///etc/passwd{ESC}\\click{ESC}]8;;{ESC}\\"
STRINGS: tuple[str, ...] = (
    # Control sequences, seven bits and eight.
    f"{ESC}[31mred", f"{ESC}[2J", f"{ESC}[H", f"{ESC}[?1049l", f"{ESC}[?1049h", f"{ESC}c",
    f"{ESC}[?25l", f"{ESC}[?2004l", f"{ESC}[?1003h", f"{ESC}[?7l", f"{ESC}[6n", f"{ESC}[c",
    f"{ESC}[>c", f"{ESC}[21t", f"{ESC}[8;1;1t", f"{ESC}[5i", f"{ESC}[4h", f"{ESC}[20h",
    f"{ESC}[1;1r", f"{ESC}7{ESC}8", f"{ESC}D{ESC}M", f"{ESC}(0lqqk{ESC}(B", f"{ESC}%@", f"{ESC}#8",
    f"{ESC}=", f"{ESC}>", f"{ESC}N{ESC}O", f"{ESC}Z", f"{ESC}[?2026h", f"{ESC}[>1u", f"{ESC}[>4;2m",
    f"{ESC}[999999999A", f"{ESC}[;;;;;;;;m", f"{ESC}[38;2;0;0;0;48;2;0;0;0m", f"{ESC}[8mhidden",
    f"{CSI}31m", f"{CSI}2J", f"{CSI}?1049l", "\x84\x85\x88\x8d\x8e\x8f\x90\x98\x9e\x9f",
    ESC, f"{ESC}[", f"{ESC}]", f"{ESC}P", f"{ESC}X", "ends with escape" + ESC,
    # Strings of the operating system: titles, links, the clipboard, colours, files.
    f"{ESC}]0;owned{BEL}", f"{ESC}]2;owned{ESC}\\", f"{OSC}0;owned{ST}", LINK,
    f"{OSC}8;;http://evil{ST}x{OSC}8;;{ST}", f"{ESC}]52;c;cm0gLXJmIC8={BEL}", f"{ESC}]52;c;?{BEL}",
    f"{ESC}]4;1;?{BEL}", f"{ESC}]10;?{BEL}", f"{ESC}]11;#000000{BEL}", f"{ESC}]9;notify{BEL}",
    f"{ESC}]777;notify;a;b{BEL}", f"{ESC}]1337;File=inline=1:AAAA{BEL}", f"{ESC}]133;A{BEL}",
    f"{ESC}]7;file:///{BEL}", f"{ESC}]50;font{BEL}", f"{ESC}]22;wait{BEL}", f"{ESC}]104{BEL}",
    # Device control, application commands, privacy messages.
    f"{ESC}P$q m{ESC}\\", f"{ESC}P+q544e{ESC}\\", f"{ESC}P0;1|17/ab{ESC}\\",
    f"{ESC}Pq#0;2;0{ESC}\\",
    f"{ESC}_Ga=T,f=24;AAAA{ESC}\\", f"{ESC}^pm{ESC}\\", f"{ESC}Xsos{ESC}\\", "\x90q\x9c",
    f"{ESC}Ptmux;{ESC}{ESC}]52;c;eA=={BEL}{ESC}\\",
    # Single controls.
    "\x00", "a\x00b", "\x01\x02\x03", "\x07\x07", "\x08\x08\x08back", "\x0b\x0c", "\x0e\x0f",
    "\x11\x13",
    "\x18\x1a", "\x1c\x1d\x1e\x1f", "\x7f\x7f", "line\nfeed", "carriage\rreturn", "\r\n\r\n",
    "tab\there",
    "".join(map(chr, range(32))), "".join(map(chr, range(0x7F, 0xA0))), "\u2028\u2029",
    "\x85next line",
    # Textual's and Rich's markup, and what looks like it.
    "[/]", "[", "]", "[[", "[/", "[/red]", "[bold", "[red]x[/blue]", "[@click=app.quit]quit[/]",
    "[@click=app.quit]", "[@click=app.bell]x[/@click]", "[link=file:///etc/passwd]x[/link]",
    "[@click=screen.back()]x[/]", "[on red]", "[$error]x", "[reverse]x[/reverse]", r"\[/]",
    "{}", "{0}",
    "{label!r}", "%s%n", "[:smile:] :boom:", "[#ff0000]x", "[not red]", "[@click=app.exit(1)]y[/]",
    "[b][i][u][s]", "[color(999999999999)]", "[rgb(1,2)]",
    # Direction, invisible characters, look-alikes.
    "user\u202egnp.exe", "\u202d\u202e\u2066\u2067\u2068\u2069\u202c", "\u061c\u200e\u200f",
    "zero\u200b\u200c\u200d\u2060width", "\ufeffbom", "soft\u00adhyphen",
    "\u180e\u3164\uffa0\u115f",
    "".join(chr(0xE0000 + ord(c)) for c in "tagged"), "\U000e0001", "var\ufe0f\ufe0e\U000e0100",
    "\u0430dmin", "\uff41dmin", "adm\u0131n", " admin ", "\u00a0", "\u2800\u2800", "\u3000\u2003",
    "\ufff9\ufffa\ufffb", "\U0001d173\U0001d17a", "\U00013430", "\ue000\U000f0000\U0010ffff",
    "\ufffe\uffff",
    # Towers, widths, lengths.
    "Z\u0351\u036b\u0343\u036a" * 40, "e" + "\u0301" * 5000, "\u0301alone", "\u20dd\u20e3", "क्‍षि",
    "張偉" * 300, "\U0001f469‍👩‍👧‍👦" * 50, "🇩🇪🇩", "\U0001f3fb", "ﷺ" * 100, "\ud800", "\udfff\ud800",
    "a\ud83dz",
    "x" * 200_000, "x " * 5000, "\n" * 3000, ESC * 10_000, "\t" * 2000, "\U0010fffd" * 500, "",
    # For spreadsheets, shells, paths, queries.
    "=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "../../etc/passwd", "..", ".",
    "/", "a/b",
    "$(reboot)", "`reboot`", "; rm -rf /", "| sh", "&& sh", "~root", "%2e%2e", "%00", "?q=x#y",
    "a,b",
    "--help", "-p", "'\"\\", "${HOME}", "\\x1b[31m", "…(+9)", "None", "null", "*****",
    "9" * 400, "NaN",
)  # fmt: skip
"""A field gets each in its turn."""
SHORT = tuple(text for text in STRINGS if len(text) < 2000)
"""For what is drawn: how long a text may be is asked of `safe` and of every cell."""
KEEP = re.compile(r"\d{4}-\d\d-\d\dT.*|\d{4}-\d\d-\d\d")
"""Moments: what is none costs the row, which is another test."""


class Spoiler:
    """Puts hostile text into every string of a JSON value, and counts the fields.

    A field gets the string that belongs to its name, further on by one with each turn: in a list
    the n-th row is n turns on, so that each field meets each string.
    """

    def __init__(self, strings: tuple[str, ...] = STRINGS) -> None:
        self.strings, self.turn = strings, 0
        self.fields: set[str] = set()
        self._places: dict[str, int] = {}

    def text(self, name: str, turn: int) -> str:
        """The string that a field of this name gets."""
        place = self._places.setdefault(name, len(self._places))
        return self.strings[(place + turn) % len(self.strings)]

    def value(self, value: Any, where: str, turn: int, number: int = 0) -> Any:
        """The same shape, with this id, or one that goes with the turn."""
        spoilt = self._spoilt(value, where, "", turn)
        for name in ("id", "project_id", "user_id"):
            if where.startswith("myself"):  # another id would be another account's session
                break
            if isinstance(spoilt, dict) and isinstance(spoilt.get(name), int):
                spoilt[name] = number or 1000 + turn
        return spoilt

    def _spoilt(self, value: Any, where: str, name: str, turn: int) -> Any:
        if isinstance(value, str) and not KEEP.fullmatch(value):
            self.fields.add(where)
            return self.text(name, turn)
        if isinstance(value, list):
            return [self._spoilt(one, f"{where}[]", name, turn) for one in value]
        if isinstance(value, dict) and value:
            spoilt = {k: self._spoilt(v, f"{where}.{k}", k, turn) for k, v in value.items()}
            alike = len({type(one) for one in value.values()}) == 1
            strange = self.text("a field nobody knows", turn)
            return {strange: next(iter(spoilt.values())) if alike else strange, **spoilt}
        return value

    def rows(self, rows: list[Any], where: str, first: int, count: int) -> list[Any]:
        """`count` rows made of those given."""
        places = range(first, first + count)
        return [
            self.value(rows[place % len(rows)], f"{where}[]", self.turn + place) for place in places
        ]


class HostileHarbor(httpx.AsyncBaseTransport):
    """The demo, its answers spoilt once `hostile` is set; long lists have a row for each string.

    A question with a hostile name in its path is answered as that with an honest one was.
    """

    def __init__(self, demo: DemoHarbor, strings: tuple[str, ...] = SHORT) -> None:
        self.demo, self.spoiler = demo, Spoiler(strings)
        self.hostile = False
        self.known: dict[str, httpx.Response] = {}
        self.asked: dict[str, httpx.Response] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        address = f"{request.method} {request.url.raw_path.decode()}"
        response = self.asked.get(address) if self.hostile else None
        if response is None:
            response = await self.demo.handle_async_request(request)
        path = address.removeprefix("GET ").partition("?")[0]
        if not path.startswith(ROOT):
            return response
        try:
            found = find("GET", path, numbers(self.demo.version))[0]
        except Refusal:
            return response
        self.asked[address] = response
        route = f"{found.__module__.rpartition('.')[2]}.{found.__name__}"
        if response.status_code == 200:
            await response.aread()
            self.known.setdefault(route, response)
        if not self.hostile:
            return response
        honest = response if response.status_code == 200 else self.known.get(route, response)
        return self._spoilt(request, honest, route)

    def _spoilt(
        self, request: httpx.Request, response: httpx.Response, route: str
    ) -> httpx.Response:
        if "json" not in response.headers.get("content-type", ""):
            return httpx.Response(200, headers=_plain(response), content=_log())
        value = json.loads(response.content)
        headers = _plain(response)
        if route.startswith("audit."):  # without true ids the log would be read for ever
            value = [self.spoiler.value(row, route, *[row.get("id", 0)] * 2) for row in value]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            params = request.url.params
            total = len(self.spoiler.strings)
            size = int(params.get("page_size", total)) if "X-Total-Count" in headers else total
            first = (int(params.get("page", 1)) - 1) * size
            value = self.spoiler.rows(value, route, first, max(0, min(size, total - first)))
            headers["X-Total-Count"] = str(total)
        else:
            value = self.spoiler.value(value, route, self.spoiler.turn)
        content = json.dumps(value).encode()
        return httpx.Response(response.status_code, headers=headers, content=content)


def _plain(response: httpx.Response) -> dict[str, str]:
    names = {"content-type": "Content-Type", "x-total-count": "X-Total-Count"}
    return {names[k]: v for k, v in response.headers.items() if k in names}


def _log() -> bytes:
    return "\n".join(SHORT).encode(errors="surrogatepass")
