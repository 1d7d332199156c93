"""Screens: what is done with it."""
