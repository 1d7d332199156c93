"""Harbor's API: one module a kind of thing, models first, then one function an endpoint."""
