"""harbortui: a full-screen terminal console for administrators of a Harbor registry."""

__version__ = "0.1.0"
