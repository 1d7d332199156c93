"""The command line of `harbortui doctor`; imports nothing that takes time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from harbortui.arguments import refuse_password, strict

DESCRIPTION = """\
Looks for what stands between here and a Harbor: name, port, TLS, who answers, clocks,
credentials, permissions, health. Each line is ok, warning or fault, with the cure.
Exit code 0: no fault; 1: at least one; 2: it could not begin."""


class Wanted(NamedTuple):
    """What is to be looked at."""

    place: str = ""
    username: str = ""
    docker_user: str = ""
    json: bool = False
    password_stdin: bool = False


def parse(words: Sequence[str]) -> Wanted:
    """The arguments after `doctor`; ends the program on --help or an error."""
    parser = strict("harbortui doctor", "harbortui doctor [PROFILE | URL] [flags]", DESCRIPTION)
    refuse_password(parser, words)
    parser.add_argument("place", nargs="?", default="", metavar="PROFILE, URL")
    parser.add_argument("--username", default="", metavar="NAME", help="who signs in")
    parser.add_argument(
        "--as",
        dest="docker_user",
        default="",
        metavar="USER",
        help="try /v2/ and /service/token as docker login does; the password is asked for",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, for scripts")
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input"
    )
    parser.add_argument("--help", "-h", action="help", help="show this text")
    return Wanted(**vars(parser.parse_args(list(words))))
