"""Every kind of thing, in reading order."""

from typing import Any

from harbortui.resources.artifacts import ARTIFACTS, PROJECT_ARTIFACTS
from harbortui.resources.contents import HISTORY, VULNERABILITIES
from harbortui.resources.core import Resource
from harbortui.resources.executions import EXECUTIONS, TASKS
from harbortui.resources.found import FOUND
from harbortui.resources.gc import GARBAGE
from harbortui.resources.labels import LABELS
from harbortui.resources.members import MEMBERS
from harbortui.resources.platforms import PLATFORMS
from harbortui.resources.projects import PROJECTS
from harbortui.resources.queues import QUEUES
from harbortui.resources.quotas import QUOTAS
from harbortui.resources.registries import REGISTRIES
from harbortui.resources.replication import RULES
from harbortui.resources.repositories import REPOSITORIES
from harbortui.resources.robots import ROBOTS
from harbortui.resources.schedules import SCHEDULES
from harbortui.resources.tags import TAGS
from harbortui.resources.texts import TEXTS
from harbortui.resources.user_roles import USER_ROLES
from harbortui.resources.users import USERS

RESOURCES: tuple[Resource[Any, Any], ...] = (
    PROJECTS,
    MEMBERS,
    REPOSITORIES,
    ARTIFACTS,
    PROJECT_ARTIFACTS,
    PLATFORMS,
    TAGS,
    HISTORY,
    VULNERABILITIES,
    TEXTS,
    FOUND,
    LABELS,
    QUOTAS,
    USERS,
    USER_ROLES,
    ROBOTS,
    REGISTRIES,
    RULES,
    EXECUTIONS,
    TASKS,
    GARBAGE,
    QUEUES,
    SCHEDULES,
)
