"""What the terminal can do beyond moving its cursor and painting characters."""

from __future__ import annotations

import curses
from typing import NamedTuple


class Abilities(NamedTuple):
    """The differences between terminals that save bytes (terminfo names in brackets)."""

    background_erase: bool = True  # erased cells take the pen's background (bce)
    erase_characters: bool = True  # (ech)
    shift_lines: bool = True  # scroll regions, inserting and deleting lines (csr, il, dl)
    addressable: bool = True  # cursor positions and erasing in ANSI form (cup, el)


NONE = Abilities(False, False, False, False)
# A name that terminfo does not know is that of a new terminal on an old server: all of those
# do what VT220 did, but whether the background is kept is anybody's guess.
UNKNOWN = Abilities(background_erase=False)


def abilities(term: str, descriptor: int) -> Abilities:
    """What terminfo says of the terminal named `term` at the file `descriptor`."""
    try:
        curses.setupterm(term, descriptor)
    except curses.error:
        return UNKNOWN
    return Abilities(
        background_erase=curses.tigetflag("bce") > 0,
        erase_characters=_ansi("ech"),
        shift_lines=_ansi("csr") and _ansi("il") and _ansi("dl"),
        addressable=_ansi("cup") and _ansi("el"),
    )


def _ansi(name: str) -> bool:
    return (curses.tigetstr(name) or b"").startswith(b"\x1b[")
