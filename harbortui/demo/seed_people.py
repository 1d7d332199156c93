"""The demo's users. Everybody's password is the name and five digits, as in `Alice12345`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .server import DemoHarbor

NAMES = """
    alice bob carol dave erin frank grace heidi ivan judy mallory niaj olivia peggy quentin
    rupert sybil trent ursula victor wendy xavier yolanda zach ahmed chen dmitri elena fatima
"""


def password(username: str) -> str:
    """The password of a user of the demo: `Harbor12345` for admin, `Alice12345` for alice."""
    return f"{'Harbor' if username == 'admin' else username.capitalize()}12345"


def credentials(scenario: str) -> tuple[str, str]:
    """Name and password with which a demo of this scenario is entered."""
    name = "alice" if scenario == "user" else "admin"
    return name, password(name)


def fill(demo: DemoHarbor) -> None:
    """Adds admin (1), alice (3), bob (4), carol (5) … and ops-admin, a second administrator."""
    _add(demo, 1, "admin", "system admin", "", "admin user", 820)
    for number, name in enumerate(NAMES.split(), 3):
        _add(demo, number, name, f"{name.capitalize()} Example", f"{name}@example.com", "", 400)
    ops = _add(demo, 32, "ops-admin", "On Call", "ops@example.com", "second administrator", 300)
    demo.users[ops]["sysadmin_flag"] = True


def _add(
    demo: DemoHarbor, number: int, name: str, real: str, mail: str, note: str, age: int
) -> int:
    made = demo.clock.stamp(days=age - number)
    user = {
        "user_id": number,
        "username": name,
        "realname": real,
        "email": mail,
        "comment": note,
        "sysadmin_flag": name == "admin",
        "admin_role_in_auth": False,
        "creation_time": made,
        "update_time": made,
    }
    demo.users.add(user)
    demo.passwords[name] = password(name)
    return number
