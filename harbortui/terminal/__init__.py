"""The terminal: what changed on the screen in few bytes, nothing else, and an end that is clean."""
