"""The modules whose routes the demo answers with: importing them registers their functions."""

from . import audit

MODULES = (audit,)
