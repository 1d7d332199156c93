"""A line for every change that was sent to a Harbor, to read when an outcome is unknown."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from harbortui import paths
from harbortui.paths import Folder
from harbortui.text import safe

NAME = "writes.jsonl"
OLD = "writes.old.jsonl"
LIMIT = 2**20
"""Bytes in one file; the one before is kept."""


def _now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """Keeps method, path, request id and result of each write; never a body."""

    def __init__(self, folder: Folder, url: str, now: Callable[[], datetime] = _now) -> None:
        self.path = folder.file(NAME)
        self.problem = "" if self.path else folder.reason
        """Why nothing is kept; writes go on without a journal."""
        self._url, self._now = url, now

    def __call__(self, method: str, path: str, request_id: str, result: str) -> None:
        """Add a line; a failure is remembered in `problem`."""
        if not self.path:
            return
        line = {
            "at": f"{self._now():%Y-%m-%dT%H:%M:%SZ}",
            "harbor": self._url,
            "method": method,
            "path": safe(path),
            "request_id": safe(request_id, 100),
            "result": safe(result, 300),
        }
        try:
            folder = paths.private(self.path.parent)
            if self.path.is_file() and self.path.stat().st_size > LIMIT:
                self.path.replace(folder / OLD)
            paths.append(self.path, json.dumps(line))
        except OSError as error:
            self.problem = paths.reason(error)
