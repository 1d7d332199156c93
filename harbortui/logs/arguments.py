"""The command line of `harbortui logs`; imports nothing that takes time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from harbortui.arguments import DEMOS, refuse_password, strict

if TYPE_CHECKING:
    from argparse import ArgumentParser

KEYS = ("user", "op", "type", "res", "ok", "project", "since", "until")
FORMATS = ("text", "csv", "jsonl")
USAGE = "harbortui logs [FILTER …] [--since TIME] [--until TIME] [flags]"
DESCRIPTION = """\
Writes audit events, oldest first; with -f also those to come. Each term of the filter narrows:
user:alice op:delete type:artifact res:library/* ok:no project:payments word -type:robot"""
EPILOG = """\
examples:
  harbortui logs --profile prod op:delete -res:*+hbscan-* --since 7d
  harbortui logs -f ok:no
  harbortui logs --since 30d -o audit.csv      interrupted, the same line goes on
  harbortui logs --format jsonl --since yesterday | jq .username

Times: 15m, 2h, 7d, yesterday, 09:00, 2026-11-20, 2026-11-20T09:00+01:00; UTC without an offset.
Cells of CSV that a spreadsheet would run begin with a quote (').
Exit code 0: done; 1: Harbor refused or could not be reached; 2: it could not begin;
130: ctrl+c; a closed pipe ends it as the shell expects."""
_EXCLUDED = re.compile(rf"-(?:{'|'.join(KEYS)}):.*", re.DOTALL)
_TERM = re.compile(rf"(-?)({'|'.join(KEYS)}):(.*)", re.DOTALL)
_NEXT = re.compile(rf"\s-?(?:{'|'.join(KEYS)}):")


class Asked(NamedTuple):
    """What is to be written, from where, and where to."""

    filter: str = ""
    profile: str = ""
    url: str = ""
    username: str = ""
    demo: str = ""
    format: str = "text"
    output: str = ""
    follow: bool = False
    password_stdin: bool = False


def parse(words: Sequence[str]) -> Asked:
    """The arguments after `logs`; ends the program on --help or an error."""
    parser = _parser()
    # A term that excludes looks like an option to argparse, and like -p… to us.
    end = words.index("--") if "--" in words else len(words)
    excluded = [word for word in words[:end] if _EXCLUDED.fullmatch(word)]
    options = [word for word in words[:end] if word not in excluded]
    refuse_password(parser, options)
    options = ["--demo=small" if word == "--demo" else word for word in options]
    values = vars(parser.parse_intermixed_args(options))
    if values["follow"] and values["until"]:
        parser.error("-f goes on for ever: --until does not go with it")
    terms = [*values.pop("filter"), *excluded, *words[end + 1 :]]
    spans = ((key, values.pop(key)) for key in ("since", "until"))
    terms += [f"{key}:{value}" for key, value in spans if value]
    values["format"] = values["format"] or _by_name(values["output"])
    return Asked(filter=" ".join(map(_term, terms)), **values)


def _parser() -> ArgumentParser:
    parser = strict("harbortui logs", USAGE, DESCRIPTION, EPILOG)
    parser.add_argument("filter", nargs="*", metavar="FILTER", help="terms of the filter")
    parser.add_argument("--since", default="", metavar="TIME", help="from then on")
    parser.add_argument("--until", default="", metavar="TIME", help="up to then")
    parser.add_argument(
        "--format",
        default="",
        choices=FORMATS,
        help="text; csv and jsonl have all that Harbor sends (without it, as FILE is called)",
    )
    parser.add_argument("-f", "--follow", action="store_true", help="go on with what comes")
    parser.add_argument(
        "-o", "--output", default="", metavar="FILE", help="write there; go on with a file"
    )
    parser.add_argument("--profile", default="", metavar="NAME", help="a profile, by its name")
    parser.add_argument("--url", default="", metavar="URL", help="Harbor's address")
    parser.add_argument("--username", default="", metavar="NAME", help="who signs in")
    parser.add_argument(
        "--demo", default="", choices=DEMOS, metavar="[=large|user]", help="the built-in registry"
    )
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input"
    )
    parser.add_argument("--help", "-h", action="help", help="show this text")
    return parser


def _by_name(output: str) -> str:
    ending = output.rpartition(".")[2].lower()
    return ending if ending in FORMATS else "jsonl" if ending == "ndjson" else "text"


def _term(word: str) -> str:
    """An argument as part of the line; the shell has taken the quotes off `user:"a b"`."""
    if not re.search(r"\s", word) or '"' in word or _NEXT.search(word):
        return word
    found = _TERM.fullmatch(word)
    if not found:
        return f'"{word}"'
    return f'{found[1]}{found[2]}:"{found[3]}"'
