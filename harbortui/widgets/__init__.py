"""Widgets: what is drawn."""
