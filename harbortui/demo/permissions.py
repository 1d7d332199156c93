"""Who may do what: Harbor's roles in projects (src/common/rbac/project/rbac_role.go) and robots."""

from __future__ import annotations

from .answers import Json

ROLES = {1: "projectAdmin", 2: "developer", 3: "guest", 4: "maintainer", 5: "limitedGuest"}

_ACTIONS = {
    "C": "create",
    "R": "read",
    "U": "update",
    "D": "delete",
    "L": "list",
    "O": "operate",
    "S": "stop",
    "<": "pull",
    ">": "push",
}

_GUEST = {
    "project": "R",
    "member": "RL",
    "label": "RL",
    "quota": "R",
    "repository": "RL<",
    "configuration": "R",
    "robot": "RL",
    "scan": "R",
    "sbom": "R",
    "scanner": "R",
    "tag": "L",
    "accessory": "L",
    "artifact": "RL",
    "artifact-addition": "R",
}
_LIMITED = {key: value for key, value in _GUEST.items() if key not in ("member", "label", "robot")}
_DEVELOPER = _GUEST | {
    "repository": "CRUL<>",
    "artifact": "CRL",
    "tag": "CL",
    "artifact-label": "CD",
    "tag-retention": "CRUDLO",
    "export-cve": "CRL",
}
_MAINTAINER = _DEVELOPER | {
    "metadata": "R",
    "label": "CRUDL",
    "repository": "CRUDL<>",
    "artifact": "CRDL",
    "tag": "CLD",
    "scan": "CRS",
    "sbom": "CRS",
    "immutable-tag": "CUDL",
    "notification-policy": "RL",
}
_ADMIN = _MAINTAINER | {
    "project": "RUD",
    "member": "CRUDL",
    "metadata": "CRUD",
    "log": "L",
    "configuration": "RU",
    "robot": "CRUDL",
    "scanner": "RC",
    "notification-policy": "CRUDL",
    "preheat-policy": "CRUDL",
}
_OUTSIDER = {
    "project": "R",
    "repository": "RL<",
    "tag": "L",
    "artifact": "RL",
    "artifact-addition": "R",
    "accessory": "L",
    "label": "RL",
    "configuration": "R",
    "scan": "R",
    "sbom": "R",
    "scanner": "R",
}
_BY_ROLE = {1: _ADMIN, 2: _DEVELOPER, 3: _GUEST, 4: _MAINTAINER, 5: _LIMITED}

Permission = tuple[str, str]


def of_role(role: int) -> list[Permission]:
    """What a role may do in its project, as (resource, action); nothing for an unknown role."""
    return _spelled(_BY_ROLE.get(role, {}))


def of_outsiders() -> list[Permission]:
    """What anybody may do in a public project."""
    return _spelled(_OUTSIDER)


def _spelled(letters: dict[str, str]) -> list[Permission]:
    return [(resource, _ACTIONS[letter]) for resource, row in letters.items() for letter in row]


def of_robot(robot: Json, namespace: str) -> list[Permission]:
    """What a robot may do in a project, by its name, or in the system, `/`."""
    kind = "system" if namespace == "/" else "project"
    return [
        (access["resource"], access["action"])
        for permission in robot.get("permissions") or []
        if permission["kind"] == kind and permission["namespace"] in (namespace, "*")
        for access in permission["access"]
        if access.get("effect", "allow") == "allow"
    ]
