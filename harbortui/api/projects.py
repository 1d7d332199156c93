"""Projects: what Harbor keeps images in. Paths take a project's name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from harbortui.api.errors import Conflict, Forbidden, NotFound
from harbortui.api.form import UNLIMITED
from harbortui.api.harbor import Harbor
from harbortui.api.many import several
from harbortui.api.model import Model, Moment, Page, Query, equals, segment

EVERYONE = 0
"""An id that no project has: what everybody may see hangs on no project's permissions."""
ADMINISTRATOR = 1
"""The role that may change a project."""


def _flag(value: object) -> bool:
    """Harbor keeps any word that it is sent, and takes what is neither `true` nor `1` as no."""
    return str(value).lower() in {"true", "1"}


def _number(value: object) -> int:
    """Words that are no number limit nothing."""
    words = str(value)
    return int(words[:18]) if re.fullmatch("-?[0-9]+", words) else UNLIMITED


Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[int, BeforeValidator(_number)]


class Metadata(Model):
    """A project's settings, which Harbor keeps as words; what is missing has its default."""

    public: Flag = False
    prevent_vul: Flag = False
    severity: str = ""
    auto_scan: Flag = False
    auto_sbom_generation: Flag = False
    reuse_sys_cve_allowlist: Flag = True
    enable_content_trust: Flag = False
    enable_content_trust_cosign: Flag = False
    retention_id: str = ""
    proxy_speed_kb: Number = UNLIMITED
    """Kilobits a second."""
    max_upstream_conn: Number = UNLIMITED
    proxy_cache_local_on_not_found: Flag = False


class Cve(Model):
    """One vulnerability that may stay."""

    cve_id: str = ""


class Allowlist(Model):
    """A project's own allowed vulnerabilities, until `expires_at` (seconds since 1970, UTC)."""

    items: tuple[Cve, ...] = ()
    expires_at: int = 0


class Project(Model):
    """A project; what its list does not say is filled in from its summary."""

    project_id: int = 0
    name: str = ""
    owner_id: int = 0
    owner_name: str = ""
    registry_id: int = 0
    """The registry that a proxy cache reads from; 0 for an ordinary project."""
    repo_count: int = 0
    current_user_role_ids: tuple[int, ...] = ()
    """The caller's own roles, which system administrators need not have."""
    creation_time: Moment | None = None
    metadata: Metadata = Metadata()
    cve_allowlist: Allowlist = Allowlist()
    registry_name: str = ""
    storage: int | None = None
    """Bytes in use."""
    limit: int | None = None
    """Bytes, -1 for no limit."""

    @property
    def used(self) -> float | None:
        """The part of the limit that is in use; None without a limit, or while it is not known."""
        if self.storage is None or self.limit is None or self.limit <= 0:
            return None
        return self.storage / self.limit


class Amount(Model):
    """Bytes."""

    storage: int | None = None


class Usage(Model):
    """What may be used and what is, in bytes."""

    hard: Amount = Amount()
    used: Amount = Amount()


class Upstream(Model):
    """The registry that a proxy cache reads from."""

    id: int = 0
    name: str = ""
    type: str = ""
    url: str = ""
    status: str = ""


class Summary(Model):
    """A project counted; members only for those who may see them."""

    repo_count: int = 0
    quota: Usage = Usage()
    project_admin_count: int = 0
    maintainer_count: int = 0
    developer_count: int = 0
    guest_count: int = 0
    limited_guest_count: int = 0
    registry: Upstream = Upstream()

    @property
    def members(self) -> Mapping[str, int]:
        """How many members have which role."""
        return {
            "project administrator": self.project_admin_count,
            "maintainer": self.maintainer_count,
            "developer": self.developer_count,
            "guest": self.guest_count,
            "limited guest": self.limited_guest_count,
        }


class Stored(Model):
    """A project's settings as the words that Harbor keeps."""

    metadata: Mapping[str, str] = Field(default_factory=dict)


def at(name: str) -> str:
    """The path of a project."""
    return f"/projects/{segment(name)}"


async def page(harbor: Harbor, _: object, query: Query) -> Page[Project]:
    """`GET /projects`: those that the caller may see."""
    return await harbor.page("/projects", Project, query)


async def find(harbor: Harbor, name: str) -> Project:
    """`GET /projects/{name}`. Others than administrators get 403 for one that does not exist.

    So do robots without `project: read` for their own, which `GET /projects` shows them (2.15.2).
    """
    try:
        return await harbor.get(at(name), Project)
    except Forbidden as error:
        listed = await page(harbor, None, Query(q=equals("name", name)))
        if shown := next((one for one in listed.items if one.name == name), None):
            return shown
        words = f"there is no project “{name}”, or this account may not see it"
        raise NotFound(words) from error
    except NotFound as error:
        raise NotFound(f"there is no project “{name}”") from error


async def again(harbor: Harbor, project: Project) -> Project:
    """The same project anew, or NotFound; Conflict when another one has its name by now."""
    return same(project, await harbor.get(at(project.name), Project))


def same(project: Project, fresh: Project) -> Project:
    """What has its name now; Conflict when that is another one."""
    if fresh.project_id != project.project_id:
        raise Conflict(f"{project.name} was deleted and made again meanwhile: look again")
    return fresh


async def raw(harbor: Harbor, project: Project) -> Any:
    """`GET /projects/{name}` as Harbor sends it."""
    return await harbor.raw(at(project.name))


async def summary(harbor: Harbor, project: Project) -> Summary:
    """`GET /projects/{name}/summary`: 1.2 ms, where a row of `/quotas` takes 17 (2.15.2)."""
    return await harbor.get(f"{at(project.name)}/summary", Summary)


async def summed_up(harbor: Harbor, projects: Sequence[Project]) -> list[Project]:
    """The same projects with storage, limit and registry, four summaries at a time.

    A project that is gone, or closed to the caller, stays as it is.
    """

    async def one(project: Project) -> Project:
        try:
            found = await summary(harbor, project)
        except (Forbidden, NotFound):
            return project
        quota = {"storage": found.quota.used.storage, "limit": found.quota.hard.storage}
        return project.model_copy(update={**quota, "registry_name": found.registry.name})

    return await several(projects, one)
