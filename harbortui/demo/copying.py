"""What happens when a replication rule runs: an execution, its tasks, their ends, their logs."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from . import pushing, registries
from .answers import Json
from .clock import NEVER
from .selection import Found, found, takes_repository, takes_tag, target

if TYPE_CHECKING:
    from .server import DemoHarbor

VENDOR = "REPLICATION"
FLOW = 1.0
"""Seconds until an execution has found its tasks."""
AT_ONCE = 4
COPY = 2.0
"""Seconds that a task takes."""
RUNNING = ("Pending", "InProgress")
SKIPPED = "Execution skipped: active replication still in progress."


def start(demo: DemoHarbor, rule: Json, trigger: str, items: list[Found] | None = None) -> Json:
    """Begins an execution; it goes on as the clock does. `items` is what a push has brought."""
    active = demo.executions.where(vendor_type=VENDOR, policy_id=rule["id"], status="InProgress")
    execution = new(demo, rule, trigger)
    if rule["single_active_replication"] and active:
        end(demo, execution, "Failed", SKIPPED)
        return execution
    demo.after(FLOW, lambda: flow(demo, rule, execution, items))
    return execution


def new(demo: DemoHarbor, rule: Json, trigger: str) -> Json:
    """A row of the table of executions, without tasks as yet."""
    execution = demo.executions.add(
        {
            "vendor_type": VENDOR,
            "policy_id": rule["id"],
            "status": "InProgress",
            "status_text": "",
            "trigger": trigger,
            "start_time": demo.clock.stamp(),
            "end_time": NEVER,
        }
    )
    count(demo, execution)
    return execution


def flow(demo: DemoHarbor, rule: Json, execution: Json, items: list[Found] | None) -> None:
    """Makes the tasks of an execution that nobody has stopped."""
    if execution["status"] != "InProgress":
        return
    source = demo.registries.get(rule["src_registry"])
    if source is not None and (reason := registries.unreachable(demo, source)):
        what = f'failed to fetch artifacts: Get "{source["url"]}/v2/": {reason}'
        end(demo, execution, "Failed", what)
        return
    for place, item in enumerate(found(demo, rule) if items is None else items):
        task = add_task(demo, execution, rule, item)
        begin = place // AT_ONCE * COPY
        demo.after(begin, lambda task=task: begin_task(demo, rule, execution, task))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    count(demo, execution)
    if not execution["total"]:
        end(demo, execution, "Succeed")


def add_task(demo: DemoHarbor, execution: Json, rule: Json, item: Found) -> Json:
    """A task that waits, one for every repository."""
    number = f"[{len(item.references)} item(s) in total]"
    task = demo.tasks.add(
        {
            "execution_id": execution["id"],
            "status": "Pending",
            "operation": "copy",
            "resource_type": "artifact",
            "src_resource": f"{item.repository} {number}",
            "dst_resource": f"{target(rule, item.repository)} {number}",
            "start_time": demo.clock.stamp()[:-5] + ".000Z",
            "end_time": NEVER,
            "references": item.references,
            "ways": None,
            "cause": "",
        }
    )
    task["job_id"] = f"{random.Random(task['id']).getrandbits(96):024x}"
    return task


def begin_task(demo: DemoHarbor, rule: Json, execution: Json, task: Json) -> None:
    """A task that nobody has stopped starts to copy."""
    if task["status"] != "Pending":
        return
    if VENDOR in demo.paused:
        demo.look_again(COPY, lambda: begin_task(demo, rule, execution, task))
        return
    task |= {"status": "InProgress", "start_time": demo.clock.stamp()[:-5] + ".000Z"}
    task["ways"] = ways(demo, rule)
    count(demo, execution)
    demo.after(COPY, lambda: end_task(demo, execution, task))


def ways(demo: DemoHarbor, rule: Json) -> tuple[Json, Json, int]:
    """From where a task copies, to where, and how fast."""
    source, destination = (
        demo.registries.get(rule[side], registries.LOCAL)
        for side in ("src_registry", "dest_registry")
    )
    return source, destination, rule["speed"]


def end_task(demo: DemoHarbor, execution: Json, task: Json) -> None:
    """A task has copied everything, or nothing because its destination does not answer."""
    if task["status"] != "InProgress":
        return
    task["cause"] = cause(demo, task["ways"][1])
    task["status"] = "Failed" if task["cause"] else "Succeed"
    if not task["cause"] and not task["ways"][1]["id"]:
        name = task["dst_resource"].partition(" ")[0]
        pushing.arrive(demo, name, task["references"])
    task["end_time"] = demo.clock.stamp()[:-5] + ".000Z"
    settle(demo, execution)


def cause(demo: DemoHarbor, destination: Json) -> str:
    """Why nothing can be copied to a registry; empty if it can."""
    reason = registries.unreachable(demo, destination)
    return f'Get "{destination["url"]}/v2/": {reason}' if reason else ""


def settle(demo: DemoHarbor, execution: Json) -> None:
    """Ends an execution whose tasks have all ended."""
    count(demo, execution)
    if execution["status"] == "InProgress" and not execution["in_progress"]:
        others = "Stopped" if execution["stopped"] else "Succeed"
        end(demo, execution, "Failed" if execution["failed"] else others)


def stop(demo: DemoHarbor, execution: Json) -> None:
    """Stops an execution and those of its tasks that have not ended; one that has ended stays."""
    if execution["status"] != "InProgress":
        return
    for task in demo.tasks.where(execution_id=execution["id"]):
        if task["status"] in RUNNING:
            task |= {"status": "Stopped", "end_time": demo.clock.stamp()[:-5] + ".000Z"}
    count(demo, execution)
    end(demo, execution, "Stopped")


def end(demo: DemoHarbor, execution: Json, status: str, reason: str = "") -> None:
    """Ends an execution, with the reason why if it has no tasks that could say it."""
    execution |= {"status": status, "status_text": reason, "end_time": demo.clock.stamp()}


def count(demo: DemoHarbor, execution: Json) -> None:
    """Writes down how many tasks of an execution there are in each state."""
    states = [task["status"] for task in demo.tasks.where(execution_id=execution["id"])]
    execution |= {
        "total": len(states),
        "failed": states.count("Failed"),
        "succeed": states.count("Succeed"),
        "stopped": states.count("Stopped"),
        "in_progress": sum(state in RUNNING for state in states),
    }


def forget(demo: DemoHarbor, execution: Json) -> None:
    """Removes an execution and its tasks."""
    for task in demo.tasks.where(execution_id=execution["id"]):
        del demo.tasks[task["id"]]
    del demo.executions[execution["id"]]


def pushed(demo: DemoHarbor, repository: str, reference: str) -> None:
    """Runs the rules that copy what is pushed."""
    for rule in list(demo.policies.values()):
        on_push = rule["enabled"] and rule["trigger"]["type"] == "event_based"
        if on_push and takes_repository(rule, repository) and takes_tag(rule, reference, []):
            start(demo, rule, "event_based", [Found(repository, (reference,))])
