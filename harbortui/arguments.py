"""The command line: words and flags to one frozen value; imports nothing that takes time."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from harbortui import __version__

if TYPE_CHECKING:
    from argparse import _ArgumentGroup

DEMOS = ("small", "large", "user")
NO_PASSWORD = (
    "there is no --password: other users could read it in the list of running programs; "
    "use HARBORTUI_PASSWORD, --password-stdin, the profile's password_command, or be asked"
)
DESCRIPTION = """\
A full-screen console for administrators of a Harbor registry.
Without a place it opens the last profile, the only one, or a sign-in screen."""
EXAMPLES = """\
examples:
  harbortui --demo                      look around in a built-in registry
  harbortui https://harbor.example.com  sign in there
  harbortui prod                        the profile prod of the configuration
  harbortui prod :logs                  start at the audit log
  harbortui prod :repos library /nginx  repositories of library, filtered
  pass harbor | harbortui prod --password-stdin
  harbortui doctor prod                 what is wrong with it, and the cure
  harbortui logs --profile prod -f      audit events without a screen; it has
                                        filters: harbortui logs --help

environment (flags win over it, it wins over the configuration):
  HARBORTUI_PROFILE, HARBORTUI_URL, HARBORTUI_USERNAME, HARBORTUI_READ_ONLY
  HARBORTUI_PASSWORD           the password, or a robot's secret
  HARBORTUI_PASSWORD_FILE      a file of yours (0600) that holds it
  HARBORTUI_CONFIG             another configuration file
  HARBORTUI_THEME, HARBORTUI_TIME, HARBORTUI_REFRESH, HARBORTUI_CA_FILE, ...
                               as in the configuration

The configuration is harbortui/config.toml below ~/.config (or XDG_CONFIG_HOME)."""


# No dataclass: importing those takes as long as all the rest of --help.
class Flags(NamedTuple):
    """What the command line asks for; empty means that it does not say."""

    place: str = ""
    start: str = ""
    profile: str = ""
    url: str = ""
    username: str = ""
    read_only: bool = False
    demo: str = ""
    password_stdin: bool = False
    plain_output: bool = False


def parse(arguments: Sequence[str] | None = None) -> Flags:
    """The flags in `arguments` (`sys.argv` without one); ends the program on help or an error."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    refuse_password(parser, words)
    # argparse would take the next word for the value of an optional one.
    found = parser.parse_intermixed_args(["--demo=small" if w == "--demo" else w for w in words])
    return _flags(parser, found)


def _flags(parser: ArgumentParser, found: Namespace) -> Flags:
    values = vars(found)
    words: list[str] = values.pop("words")
    first = next((n for n, word in enumerate(words) if word.startswith(":")), len(words))
    if first > 1:
        parser.error(f"one profile or URL, please; a start screen begins with a colon: :{words[1]}")
    if found.demo and (first or found.profile or found.url):
        parser.error("--demo is a place of its own: no profile or URL goes with it")
    return Flags(place="".join(words[:first]), start=" ".join(words[first:]), **values)


def refuse_password(parser: ArgumentParser, words: Sequence[str]) -> None:
    """Say how else, without repeating what may be a password."""
    flags = [word.partition("=")[0] for word in words if word.startswith("--")]
    if "--password" in flags or any(word.startswith("-p") for word in words):
        parser.error(NO_PASSWORD)


class _Parser(ArgumentParser):
    """argparse, which repeats only the names of what it does not know: a value may be secret."""

    def error(self, message: str) -> NoReturn:
        unknown, _, rest = message.partition("unrecognized arguments: ")
        if rest and not unknown:
            names = [word.partition("=")[0] for word in rest.split() if word.startswith("-")]
            message = f"there is no {' or '.join(names) or 'such argument'}"
        super().error(f"{message}\n{self.prog} --help shows what there is")


def strict(program: str, usage: str, description: str, epilog: str = "") -> ArgumentParser:
    """A parser that takes no abbreviations and repeats no values; without arguments yet."""
    return _Parser(
        program,
        usage=usage,
        description=description,
        epilog=epilog,
        # Without a width argparse imports shutil to ask the terminal for it.
        formatter_class=lambda prog: RawDescriptionHelpFormatter(prog, width=80),
        allow_abbrev=False,
        add_help=False,
    )


def _parser() -> ArgumentParser:
    usage = "harbortui [PROFILE | URL] [:SCREEN] [flags]"
    parser = strict("harbortui", usage, DESCRIPTION, EXAMPLES)
    parser.add_argument(
        "words",
        nargs="*",
        metavar="PROFILE, URL, :SCREEN",
        help="where to go, and what to open there: any line of the : menu",
    )
    _add_place(parser.add_argument_group("place"))
    _add_ways(parser.add_argument_group("ways"))
    return parser


def _add_place(group: _ArgumentGroup) -> None:
    group.add_argument("--profile", default="", metavar="NAME", help="a profile, by its name")
    group.add_argument("--url", default="", metavar="URL", help="Harbor's address")
    group.add_argument("--username", default="", metavar="NAME", help="who signs in")
    group.add_argument(
        "--demo",
        default="",
        choices=DEMOS,
        metavar="[=large|user]",
        help="the built-in registry; large: long lists and ten million audit events; "
        "user: as somebody who is no administrator",
    )


def _add_ways(group: _ArgumentGroup) -> None:
    group.add_argument(
        "--read-only", action="store_true", help="send nothing that would change Harbor"
    )
    group.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password, or a robot's secret, from standard input",
    )
    group.add_argument(
        "--plain-output",
        action="store_true",
        help="repaint whole lines, for terminals that show leftovers",
    )
    group.add_argument(
        "--version", action="version", version=f"harbortui {__version__}", help="show the version"
    )
    group.add_argument("--help", "-h", action="help", help="show this text")
