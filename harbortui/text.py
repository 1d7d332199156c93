"""The only way from a server's text to the screen: what could act on a terminal becomes visible."""

import re
import unicodedata
from collections.abc import Iterator

LIMIT = 2000
MARKS = 3
NO_BASE = -1

# Printable to Python, empty to the eye: fillers, blanks, variation selectors and other default
# ignorables of Unicode's DerivedCoreProperties.txt that are no format characters.
INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U00013441\U00013442\U00016fe4\U0001d159\U000e0100-\U000e01ef]"
)
# Letters that a reader takes for those in `LOOKS` (the closest of Unicode's confusables.txt).
LIKE = (
    "\u0430\u0251\u03b1\u0441\u03f2\u0501\u0435\u0261\u0581\u04bb\u0570\u0456\u0131\u03b9\u0458"
    "\u03ba\u04cf\u0578\u043e\u03bf\u0585\u0440\u03c1\u051b\u0455\u03c5\u057d\u03bd\u0475\u051d"
    "\u0445\u0443\u03b3"
    "\u0410\u0391\u0412\u0392\u0421\u0415\u0395\u041d\u0397\u0406\u0399\u04c0\u0408\u041a\u039a"
    "\u041c\u039c\u039d\u041e\u039f\u0420\u03a1\u0405\u0422\u03a4\u0425\u03a7\u0423\u03a5\u0396"
)
LOOKS = "aaaccdegghhiiijklnoooppqsuuvvwxyyAABBCEEHHIIIJKKMMNOOPPSTTXXYYZ"
SKELETON = str.maketrans(LIKE, LOOKS)

# A run that needs no look, or one character that does.
TOKEN = re.compile(r"[ -~]+|[^ -~]", re.DOTALL)
WORD = re.compile(r"[^\W\d_]+")


def safe(value: object, limit: int = LIMIT, multiline: bool = False) -> str:
    """`value` as text that no terminal acts on: at most `limit` characters, the same when repeated.

    Controls become `\\x1b`, invisible and unassigned characters `\\u202e`, a tower of combining
    marks U+FFFD, what is too long `…(+N)`. With `multiline`, line feeds stay and a tab is four
    spaces.
    """
    text = value if type(value) is str else _spoken(value)
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    if multiline:
        text = text.replace("\r\n", "\n")
    shown, used = _cleaned(text, limit, multiline)
    if used == len(text):
        return shown
    shown, used = _cleaned(text, limit - len(f"…(+{len(text)})"), multiline)
    return f"{shown}…(+{len(text) - used})" if shown else "…"[: max(limit, 0)]


def odd(name: str) -> bool:
    """Whether `name` is not what it looks like: invisible characters, or letters like others."""
    if name != name.strip() or len(name) > LIMIT:
        return True
    if name.isascii() and name.isprintable():
        return False
    if name != unicodedata.normalize("NFKC", name) or name != safe(name):
        return True
    words = WORD.findall(name)
    return any(not word.isascii() and word.translate(SKELETON).isascii() for word in words)


def code_points(name: str, limit: int = 40) -> str:
    """What in `name` is no plain ASCII or a space at an edge: place from 1, code point, name."""
    edges = {1, len(name)}
    strange = [
        (place, char)
        for place, char in enumerate(name, 1)
        if not " " <= char <= "~" or (char == " " and place in edges)
    ]
    listed = ", ".join(
        f"{place}: U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()
        for place, char in strange[:limit]
    )
    more = len(strange) - limit
    return f"{listed} …(+{more})" if more > 0 else listed


def _spoken(value: object) -> str:
    """What `value` says of itself, or its kind when it cannot (a number of 5,000 digits)."""
    if value is None:
        return ""
    try:
        return str.__str__(value if isinstance(value, str) else str(value))
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):
        return f"<{type(value).__name__}>"


def _cleaned(text: str, room: int, multiline: bool) -> tuple[str, int]:
    """The beginning of `text` whose safe form fits into `room`, and how many characters it was."""
    pieces: list[str] = []
    used = 0
    for piece, length in _pieces(text[: max(room + 1, 0)], multiline):
        if len(piece) > room:
            cut = room if length > 1 else 0
            return "".join(pieces) + piece[:cut], used + cut
        pieces.append(piece)
        room -= len(piece)
        used += length
    return "".join(pieces), used


def _pieces(text: str, multiline: bool) -> Iterator[tuple[str, int]]:
    """Runs of harmless ASCII as they are, and each other character's safe form; with lengths."""
    marks = NO_BASE
    for match in TOKEN.finditer(text):
        token = match.group()
        if " " <= token[0] <= "~":
            marks = 0
            yield token, len(token)
        elif multiline and token in "\n\t":
            marks = NO_BASE
            yield ("\n" if token == "\n" else "    "), 1
        elif marks != NO_BASE and _is_mark(token):
            marks += 1
            yield _mark(token, marks), 1
        else:
            marks = 0
            yield (token if _is_plain(token) else _escape(ord(token))), 1


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" and not INVISIBLE.match(char)


def _is_plain(char: str) -> bool:
    """A visible character that stands by itself; a mark gets here only when it has no base."""
    return char.isprintable() and not INVISIBLE.match(char) and not _is_mark(char)


def _mark(mark: str, count: int) -> str:
    """The first `MARKS` marks of a character stay, one sign stands for all the others."""
    if count <= MARKS:
        return mark
    return "\ufffd" if count == MARKS + 1 else ""


def _escape(code: int) -> str:
    if code <= 0xFF and (code < 0x20 or 0x7F <= code < 0xA0):
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
