"""Robots for tests, and a connection that tells the demo's time."""

from harbortui.api import robots
from harbortui.api.harbor import Harbor
from harbortui.api.robots import Robot
from harbortui.demo import DemoHarbor

from .talking import talk

RAW = {
    "id": 7,
    "name": "robot$a+b",
    "level": "project",
    "description": "d",
    "duration": 30,
    "expires_at": 1797835202,
    "disable": False,
    "editable": True,
    "creation_time": "2026-11-21T06:40:02.269Z",
    "permissions": [
        {
            "kind": "project",
            "namespace": "a",
            "access": [{"resource": "repository", "action": "pull", "effect": "allow"}],
            "later": "kept",
        }
    ],
    "newer": {"unknown": [1]},
}
MADE = Robot.model_validate(RAW)


def at_demo_time(demo: DemoHarbor, who: str = "admin") -> Harbor:
    """A connection at the demo's time, which stands still."""
    harbor = talk(demo, who)
    harbor.now = demo.clock
    return harbor


async def named(harbor: Harbor, name: str) -> Robot:
    """The robot with this full name."""
    return next(robot for robot in await robots.everywhere(harbor) if robot.name == name)
