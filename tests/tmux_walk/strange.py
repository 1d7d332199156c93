"""Walks over what is not usual: other sizes, long lists, hostile text, nobody signed in."""

from __future__ import annotations

from harbortui.resources.kinds import RESOURCES

from .routes import dialog, form
from .walker import Walker

SIZES = ((60, 20), (40, 10), (30, 8), (160, 50), (81, 25), (100, 30))


def sizes(walk: Walker) -> None:
    """Another size in the middle of everything."""
    walk.go("projects", "› projects")
    walk.keys("NPage", "Down")
    resized(walk)
    with walk.inside("n"):
        resized(walk)
    with walk.inside("D"):
        resized(walk)
    with walk.inside("?", "Keys"):
        resized(walk)
    walk.go("logs", "following")
    resized(walk)
    walk.keys("PPage", "w")
    resized(walk)
    walk.go("overview", "NEEDS ATTENTION")
    resized(walk)


def resized(walk: Walker) -> None:
    """One size after another; at the end the one of the beginning."""
    for columns, lines in SIZES:
        walk.resize(columns, lines)
        walk.keys("Down") if lines > 8 else None


def long_lists(walk: Walker) -> None:
    """Far down and up, line by line and page by page, quicker than rows can come."""
    walk.go("repositories huge", "10,000 repositories")
    scrolled(walk)
    walk.press("Enter", "› artifacts")
    scrolled(walk)
    walk.go("logs", "following")
    scrolled(walk)


def scrolled(walk: Walker) -> None:
    """Up and down, singly and in bursts."""
    for key in ("Down", "NPage", "PPage", "Up", "C-d", "C-u"):
        walk.keys(*[key] * 3)
        walk.press(" ".join([key] * 12), still=True)
    walk.keys("G", "Up", "PPage", "PPage", "Down", "g")
    for keys in ("NPage Up Up", "Down " * 50, "PPage NPage NPage", "G Up Up Up PPage", "g"):
        walk.press(keys, still=True)


def sign_in(walk: Walker) -> None:
    """The form for an address, a name and a password, and what it says to mistakes."""
    walk.press("C-s", "✗")
    walk.keys("Tab", "Tab", "BTab")
    walk.type("nonsense:/")
    walk.keys("Tab", "Tab", "Tab", "C-s", "F1", "Escape")


def hostile(walk: Walker) -> None:
    """What strangers wrote, in lists, texts, forms and questions."""
    for resource in RESOURCES:
        if not resource.root:
            continue
        walk.go(resource.name, f"› {resource.heading}")
        walk.keys("NPage", "Down", "Down", "NPage", "PPage", "Up", "G", "w", "w", "g", "Down")
        for key in ("d", "y"):
            with walk.inside(key):
                walk.keys("NPage", "NPage", "Down", "Up", "G", "w")
        if resource.delete:
            dialog(walk, "D")
        if resource.edit:
            form(walk, "e")
    walk.go("logs", "›")
    walk.keys("PPage", "Up", "Up", "PPage", "w", "PPage", "Down", "z", "g")
    walk.go("status", "THIS CONNECTION")


def short(walk: Walker) -> None:
    """A few screens, where only the colours are others."""
    walk.keys("Down", "Tab", "Down")
    walk.go("projects", "› projects")
    walk.keys("Down", "NPage", "Down", "Up", "Space", "w")
    form(walk, "n", mistakes=True)
    dialog(walk, "D")
    with walk.inside("?", "Keys"):
        walk.keys("NPage")
    walk.go("logs", "following")
    walk.keys("PPage", "Down", "w", "z")
    with walk.inside("i"):
        walk.keys("Down")
