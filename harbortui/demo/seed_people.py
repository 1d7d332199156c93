"""The demo's users. Everybody's password is the name and five digits, as in `Alice12345`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .server import DemoHarbor

NAMES = """
    alice bob carol dave erin frank grace heidi ivan judy mallory niaj olivia peggy quentin
    rupert sybil trent ursula victor wendy xavier yolanda zach ahmed chen dmitri elena fatima
"""
OTHERS = (
    ("ops-admin", "On Call", "second administrator"),
    ("ci-team", "Build machines", ""),
    ("k8s-pull", "The clusters", ""),
    ("dev+ops", "Zoë [Ops] Müller", ""),
    # What self-registration lets a stranger put on an administrator's screen.
    ("evil\x1b[2J", "[red]R[/red] \u202eabc", "\x1b]52;c;AAAA\x07"),
)


def password(username: str) -> str:
    """The password of a user of the demo: `Harbor12345` for admin, `Alice12345` for alice."""
    return f"{'Harbor' if username == 'admin' else username.capitalize()}12345"


def credentials(scenario: str) -> tuple[str, str]:
    """Name and password with which a demo of this scenario is entered."""
    name = "alice" if scenario == "user" else "admin"
    return name, password(name)


def fill(demo: DemoHarbor) -> None:
    """Adds admin (1), alice (3), bob (4), carol (5) … and ops-admin, a second administrator."""
    _add(demo, 1, "admin", "system admin", "admin user")
    for number, name in enumerate(NAMES.split(), 3):
        _add(demo, number, name, f"{name.capitalize()} Example", "")
    for number, (name, real, note) in enumerate(OTHERS, 32):
        _add(demo, number, name, real, note)
    demo.user("ops-admin")["sysadmin_flag"] = True


def _add(demo: DemoHarbor, number: int, name: str, real: str, note: str) -> None:
    made = demo.clock.stamp(days=800 - 11 * number)
    user = {
        "user_id": number,
        "username": name,
        "realname": real,
        "email": "" if name == "admin" else f"{name.partition(chr(27))[0]}@example.com",
        "comment": note,
        "sysadmin_flag": name == "admin",
        "admin_role_in_auth": False,
        "creation_time": made,
        "update_time": made,
    }
    demo.users.add(user)
    demo.passwords[name] = password(name)
