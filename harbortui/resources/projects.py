"""Projects: how open, of what kind, how full, and what hangs on them."""

from __future__ import annotations

from harbortui.api import new_project, project_deletion, project_settings, quotas
from harbortui.api import projects as api
from harbortui.api.identity import Me
from harbortui.api.projects import ADMINISTRATOR, EVERYONE, Project
from harbortui.api.system import SystemInfo
from harbortui.resources import artifacts, labels, members, repositories, robots
from harbortui.resources.artifact_cells import host
from harbortui.resources.cells import FULL, NEARLY, access, bar, plural, size
from harbortui.resources.core import (
    Action,
    Child,
    Column,
    Create,
    Edit,
    Enrich,
    Part,
    Preset,
    Resource,
    When,
)
from harbortui.resources.project_details import facts, goes


def fullness(used: float | None) -> Part | None:
    """The sign of what is nearly full, or full."""
    percent = int((used or 0) * 100)
    if percent >= FULL:
        return Part("✗", "bad")
    return Part("▲", "warn") if percent >= NEARLY else None


def ceiling(limit: int | None) -> tuple[Part, ...]:
    """A limit: it is a round number more often than not."""
    return tuple(part._replace(text=part.text.removesuffix(".0")) for part in size(limit, "muted"))


def kind(project: Project) -> str:
    """Nothing for an ordinary project, or what a proxy cache reads from."""
    if not project.registry_id:
        return ""
    return f"proxy of {project.registry_name}" if project.registry_name else "proxy cache"


def says(project: Project) -> str:
    """What being nearly full comes to."""
    if not fullness(project.used):
        return ""
    if (project.used or 0) >= 1:
        return f"{project.name} is full: pushes are refused until something goes (s: its limit)"
    return f"{project.name} is nearly full: at 100 % pushes are refused (s: its limit)"


def stays(project: Project) -> str:
    """Why it cannot go: Harbor deletes only empty projects."""
    if not project.repo_count:
        return ""
    held = plural(project.repo_count, "repository", "repositories")
    return f"{project.name} still holds {held}"


def against(me: Me, system: SystemInfo, verb: str, project: Project | None) -> str:
    """What only administrators may: of the system, or of the project."""
    if me.is_admin or me.is_robot or verb == "list":
        return ""
    if verb == "create":
        closed = system.project_creation_restriction == "adminonly"
        return "only system administrators make projects here" if closed else ""
    if verb == "storage":
        return "only system administrators set storage limits"
    if project is None or ADMINISTRATOR in project.current_user_role_ids:
        return ""
    return f"only the administrators of {project.name} may do that"


PROJECTS: Resource[None, Project] = Resource(
    name="projects",
    one="project",
    about="access, storage, members, settings",
    aliases=("project", "proj"),
    page=api.page,
    size=50,
    order="name",
    key=lambda project: project.project_id,
    label=lambda project: project.name,
    columns=(
        Column("NAME", lambda project: project.name, grow=True, sort="name"),
        Column("ACCESS", lambda project: access(project.metadata.public)),
        Column("KIND", kind, wide=True),
        Column("REPOS", lambda project: project.repo_count, right=True),
        Column(
            "STORAGE",
            lambda project: size(project.storage),
            right=True,
            value=lambda project: project.storage,
        ),
        Column("QUOTA", lambda project: ceiling(project.limit), right=True),
        Column("USED", lambda project: bar(project.used), value=lambda project: project.used),
        Column("OWNER", lambda project: Part(project.owner_name, "muted"), wide=True),
        Column(
            "AGE",
            lambda project: When(project.creation_time),
            right=True,
            wide=True,
            sort="creation_time",
        ),
    ),
    sign=lambda project: fullness(project.used),
    says=says,
    find=api.find,
    raw=api.raw,
    facts=facts,
    enrich=Enrich(("storage", "limit", "registry_name"), api.summed_up),
    search="name",
    filters=(
        Preset("public", "public=true"),
        Preset("private", "public=false"),
        Preset("proxy caches", "registry_id=[1~]"),
        Preset("nearly full", keep=lambda project: fullness(project.used) is not None),
    ),
    children=(
        Child("enter", lambda: repositories.REPOSITORIES),
        Child("m", lambda: members.MEMBERS),
        Child("b", lambda: artifacts.PROJECT_ARTIFACTS, "artifacts"),
        Child("u", lambda: robots.ROBOTS),
        Child("x", lambda: labels.LABELS),
    ),
    events=lambda project: f"project:{project.name}",
    copies=lambda registry, project: (
        ("where images are pushed", f"{host(registry)}/{project.name}"),
    ),
    create=Create(new_project.NewProject, new_project.create, fill=new_project.blank),
    edit=Edit(project_settings.fill, project_settings.update),
    delete=project_deletion.delete,
    goes=goes,
    typed=True,
    stays=stays,
    against=against,
    actions=(
        Action(
            "s",
            "storage",
            "storage limit",
            form=Edit(quotas.limit_of_project, quotas.set_limit_of_project),
            done="The storage limit of {} is changed.",
            needs="quota",
        ),
    ),
    empty="No projects yet. n makes one.",
    needs="project",
    project_of=lambda project: project.project_id if project else EVERYONE,
)
