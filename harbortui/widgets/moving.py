"""The keys that move, the same in tables and in texts."""

from __future__ import annotations

from textual.binding import Binding, BindingType

WHEEL = 3
"""Rows that one notch of the wheel moves."""

MOVING: list[BindingType] = [
    Binding("up,k", "move(-1)", "one up", show=False, id="up"),
    Binding("down,j", "move(1)", "one down", show=False, id="down"),
    Binding("pageup,ctrl+b", "leap(-1.0)", "a page up", show=False, id="page-up"),
    Binding("pagedown,ctrl+f", "leap(1.0)", "a page down", show=False, id="page-down"),
    Binding("ctrl+u", "leap(-0.5)", "half a page up", show=False, id="half-up"),
    Binding("ctrl+d", "leap(0.5)", "half a page down", show=False, id="half-down"),
    Binding("home,g", "first", "to the first", show=False, id="first"),
    Binding("end,G", "last", "to the last", show=False, id="last"),
]
