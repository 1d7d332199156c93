"""A Harbor's address: what people paste, made normal; a ValueError says why it cannot be."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

PORTS = {"http": 80, "https": 443}
# The portal's own pages and the API, as pasted from a browser: Harbor is at the root of these.
PAGES = re.compile(r"/(harbor|account|api|c|v2|service|devcenter-api-2\.0)(/.*)?")
LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
HOST = re.compile(rf"{LABEL}(\.{LABEL})*\.?")


def normal(text: str) -> str:
    """`harbor.example.com/harbor/projects` as `https://harbor.example.com`."""
    text = text.strip()
    if not text:
        raise ValueError("an address is missing")
    if not text.isprintable():
        raise ValueError("an address has no invisible characters or line breaks")
    parts = _split(text if "://" in text else f"https://{text}")
    if parts.scheme not in PORTS:
        raise ValueError("an address starts with https:// or http://")
    if "@" in parts.netloc:
        raise ValueError("a user name or password does not belong in an address")
    if (parts.query or parts.fragment) and not PAGES.fullmatch(parts.path):
        raise ValueError("an address ends before ? and #")
    path = "" if PAGES.fullmatch(parts.path) else parts.path.rstrip("/")
    if any(part in {"", ".", ".."} for part in path.split("/")[1:]) or "\\" in path:
        raise ValueError("the path of an address is made of plain names")
    return f"{parts.scheme}://{_place(parts)}{path}"


def host(url: str) -> str:
    """The host name or number of a normal address, without brackets."""
    return urlsplit(url).hostname or ""


def port(url: str) -> int:
    """The port of a normal address, also where it goes without saying."""
    parts = urlsplit(url)
    return parts.port or PORTS[parts.scheme]


def host_port(url: str) -> str:
    """`harbor.example.com:443`, `[::1]:8443`: what certificates and credentials are filed under."""
    name = host(url)
    return f"{f'[{name}]' if ':' in name else name}:{port(url)}"


def is_loopback(url: str) -> bool:
    """Whether the address is this machine, so that nobody can listen in on http."""
    name = host(url).rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def is_open(url: str) -> bool:
    """Whether a password sent there could be read on the way."""
    return url.startswith("http:") and not is_loopback(url)


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError("the host or port of the address cannot be read") from error
    if port == 0:
        raise ValueError("a port is a number from 1 to 65535")
    return parts


def _place(parts: SplitResult) -> str:
    """Host and port as browsers write them: lower case, names of other scripts as `xn--`."""
    name = parts.hostname or ""
    if "[" in parts.netloc:
        name = f"[{_number(name)}]"
    else:
        if not name.isascii():
            name = _spelt(name)
        if len(name) > 253 or not HOST.fullmatch(name):
            raise ValueError("the address has no host name that can be used")
    port = parts.port
    return name if port in {None, PORTS[parts.scheme]} else f"{name}:{port}"


def _spelt(name: str) -> str:
    try:
        return name.encode("idna").decode()
    except UnicodeError as error:
        raise ValueError("the host name of the address cannot be used") from error


def _number(name: str) -> str:
    try:
        return IPv6Address("" if "%" in name else name).compressed
    except ValueError as error:
        raise ValueError("the number between the brackets is no IPv6 address") from error
