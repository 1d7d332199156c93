"""The modules whose routes the demo answers with: importing them registers their functions."""

from importlib import import_module

MODULES = (
    "adapters",
    "additions",
    "artifacts",
    "audit",
    "configuration",
    "distribution",
    "duplicating",
    "executions",
    "gc",
    "grantable",
    "groups",
    "immutability",
    "jobservice",
    "labels",
    "members",
    "metadata",
    "myself",
    "projects",
    "purges",
    "quotas",
    "registries",
    "repositories",
    "retentions",
    "robots",
    "rules",
    "scan_all",
    "scanners",
    "scanning",
    "schedules",
    "searching",
    "security",
    "surroundings",
    "system",
    "tags",
    "users",
)

for _name in MODULES:
    import_module(f"{__package__}.{_name}")
