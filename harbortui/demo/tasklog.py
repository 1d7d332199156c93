"""The log of a replication task, line for line as Harbor's job service writes it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from .answers import Json
from .clock import moment

TRANSFER = "/harbor/src/controller/replication/transfer/image/transfer.go"


def line(now: datetime, level: str, number: int, words: str) -> str:
    """One line: time in UTC, level, place in Harbor's source, what happened."""
    return f"{now:%Y-%m-%dT%H:%M:%SZ} [{level}] [{TRANSFER}:{number}]: {words}\n"


def sides(task: Json) -> tuple[str, str]:
    """The repository here and the one there."""
    source, destination = (task[side].partition(" ") for side in ("src_resource", "dst_resource"))
    return source[0], destination[0]


def both(task: Json, references: str) -> str:
    """From where to where, as most lines name it."""
    source, destination = (f"{side}:{references}" for side in sides(task))
    return f"{source}(source registry) to {destination}(destination registry)"


def of(task: Json) -> str:
    """The log of a task so far; empty until it has started."""
    if not task["ways"]:
        return ""
    begun, ended = moment(task["start_time"]), moment(task["end_time"])
    lines = beginning(begun, task, *task["ways"])
    over = task["status"] in ("Succeed", "Failed")
    return lines + (ending(ended, task, task["cause"]) if over else "")


def beginning(now: datetime, task: Json, source: Json, destination: Json, speed: int) -> str:
    """The lines until the first artifact is copied; `speed` is in kb/s, 0 for unlimited."""
    references = f"[{','.join(task['references'])}]"
    lines = []
    for number, side, kept in ((140, "source", source), (150, "destination", destination)):
        what = (
            f"[type: {kept['type']}, URL: {kept['url']}, insecure: {str(kept['insecure']).lower()}]"
        )
        lines.append(line(now, "INFO", number, f"client for {side} registry {what} created"))
    lines.append(line(now, "INFO", 183, f"copying {both(task, references)}..."))
    if speed:
        lines.append(line(now, "INFO", 186, f"limit network speed at {speed} kb/s"))
    return "".join(lines)


def ending(now: datetime, task: Json, cause: str = "") -> str:
    """The lines of every artifact, and the last: that all went well, or that the job has failed."""
    lines = [one(now, task, reference, cause) for reference in task["references"]]
    references = f"[{','.join(task['references'])}]"
    if cause:
        last = "got error during the whole transfer period, mark the job failure"
        return "".join([*lines, line(now, "ERROR", 201, last)])
    return "".join([*lines, line(now, "INFO", 205, f"copy {both(task, references)} completed")])


def one(now: datetime, task: Json, reference: str, cause: str) -> str:
    """The lines of one artifact: it is copied, or the destination cannot be asked about it."""
    source, destination = sides(task)
    blob = f"sha256:{sha256(f'{source}:{reference}'.encode()).hexdigest()}"
    lines = [
        line(now, "INFO", 211, f"copying {both(task, reference)}..."),
        line(now, "INFO", 465, f"pulling the manifest of artifact {source}:{reference} ..."),
        line(now, "INFO", 471, f"the manifest of artifact {source}:{reference} pulled"),
    ]
    if cause:
        what = "failed to check the existence of the manifest of artifact"
        where = f"{destination}:{reference} on the destination registry"
        lines.append(line(now, "ERROR", 479, f"{what} {where}: {cause}"))
        lines.append(line(now, "ERROR", 195, cause))
        return "".join(lines)
    lines.append(line(now, "INFO", 290, f"copying the blob {blob}(the 1th running)..."))
    lines.append(line(now, "INFO", 292, f"copy the blob {blob} completed"))
    lines.append(line(now, "INFO", 211, f"copy {both(task, reference)} completed"))
    return "".join(lines)
