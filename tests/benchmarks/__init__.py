"""Bytes and milliseconds, side by side with Textual's own and with curses; no part of the suite."""
