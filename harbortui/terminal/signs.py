"""Signs for a terminal whose locale has no UTF-8: every cell gets an ASCII character."""

from __future__ import annotations

LINES = {
    "-": "─┄┅┈┉╌╍╴╶╸╺▁▔\u2010\u2011\u2012–—―",
    "|": "│┃┆┇┊┋╎╏║╵╷╹╻▏▎▍▌▐▕",
    "+": "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┣┠┤┥┫┨┬┯┳┴┷┻┼┿╋╭╮╯╰╔╗╚╝╠╣╦╩╬",
    "#": "█▇▆▅▓▒",
    "=": "━═▄▃▂▀",
    ":": "░",
    "*": "•●◆■✱",
    "o": "○◯◇□",
    ".": "·…",
    ">": "›▸▶→»≥",
    "<": "\u2039◂◀←«≤",
    "^": "▲△↑",
    "v": "▼▽↓✓✔",
    "x": "✗✘×",
    "'": "\u2018’\u00b4",
    '"': "“”",
}
ASCII = {sign: ascii_sign for ascii_sign, signs in LINES.items() for sign in signs}


def ascii_sign(character: str) -> str:
    """The ASCII character that stands for a cell's `character`, a question mark if none does."""
    return character if character and character.isascii() else ASCII.get(character, "?")
