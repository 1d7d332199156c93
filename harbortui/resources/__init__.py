"""Every kind of thing, in reading order."""
