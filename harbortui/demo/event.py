"""One row of the audit log, as Harbor's table `audit_log_ext` holds it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from .answers import Json
from .clock import stamp

LONGEST_NAME = 255
"""Letters of a user's name in the table; for a longer one no row is kept, but an id is used up."""
OLD_KINDS = frozenset(
    f"{operation}_{kind}"
    for kind, operations in {
        "artifact": "create delete pull",
        "project": "create delete",
        "repository": "create delete",
        "robot": "create delete",
        "tag": "create delete",
    }.items()
    for operation in operations.split()
)
"""All that Harbor 2.12 records."""


def recorded(kind: str, configuration: Json, old: bool) -> bool:
    """Whether events of a kind, as in `create_artifact`, are kept with these settings."""
    if configuration.get("skip_audit_log_database"):
        return False
    if old:
        return kind in OLD_KINDS
    return kind not in str(configuration.get("disabled_audit_log_event_types", "")).split(",")


class Event(NamedTuple):
    """Who did what to which thing; `at` is in milliseconds since 1970, UTC."""

    id: int
    at: int
    username: str
    operation: str
    resource_type: str
    resource: str
    description: str
    succeeded: bool = True
    project_id: int = 0

    @property
    def kind(self) -> str:
        """The type of the event, as in `create_artifact`."""
        return f"{self.operation}_{self.resource_type}"

    def row(self) -> Json:
        """The event as `/auditlog-exts` answers it."""
        return {
            **self.old_row(),
            "operation_description": self.description,
            "operation_result": self.succeeded,
        }

    def old_row(self) -> Json:
        """The event as `/audit-logs` answers it, without description and result."""
        return {
            "id": self.id,
            "op_time": stamp(datetime.fromtimestamp(self.at / 1000, UTC)),
            "operation": self.operation,
            "resource": self.resource,
            "resource_type": self.resource_type,
            "username": self.username,
        }
