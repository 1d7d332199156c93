"""The system: what it is, whether it is well, how much there is in it."""

from __future__ import annotations

from harbortui.api.harbor import Harbor
from harbortui.api.model import Model


class SystemInfo(Model):
    """What Harbor says of itself; version and address only to those who are signed in."""

    auth_mode: str = ""
    harbor_version: str = ""
    registry_url: str = ""
    external_url: str = ""
    self_registration: bool = False
    project_creation_restriction: str = ""
    read_only: bool = False
    registry_storage_provider_name: str = ""
    banner_message: str = ""
    oidc_provider_name: str = ""

    @property
    def version(self) -> tuple[int, ...]:
        """`v2.15.2-abc` as (2, 15, 2); empty when Harbor does not say."""
        numbers = self.harbor_version.removeprefix("v").partition("-")[0].split(".")
        return tuple(int(number) for number in numbers if number.isascii() and number.isdigit())


class Component(Model):
    """One part of Harbor, `healthy` or not."""

    name: str = ""
    status: str = ""
    error: str = ""


class Health(Model):
    """Health of the whole and of each component."""

    status: str = ""
    components: tuple[Component, ...] = ()


class Statistics(Model):
    """Counts of what the caller may see; storage in bytes, system administrators only."""

    private_project_count: int = 0
    private_repo_count: int = 0
    public_project_count: int = 0
    public_repo_count: int = 0
    total_project_count: int = 0
    total_repo_count: int = 0
    total_storage_consumption: int = 0

    @property
    def projects(self) -> int:
        """All that the caller may see; the totals are told to administrators only."""
        return self.total_project_count or self.private_project_count + self.public_project_count

    @property
    def repositories(self) -> int:
        """Those in all of these projects."""
        return self.total_repo_count or self.private_repo_count + self.public_repo_count


class Volume(Model):
    """A disk, in bytes."""

    total: int = 0
    free: int = 0


class Volumes(Model):
    """The disks behind file-system storage."""

    storage: tuple[Volume, ...] = ()


async def info(harbor: Harbor) -> SystemInfo:
    """`GET /systeminfo`; without credentials only the public part."""
    return await harbor.get("/systeminfo", SystemInfo)


async def health(harbor: Harbor) -> Health:
    """`GET /health`, for anyone."""
    return await harbor.get("/health", Health)


async def statistics(harbor: Harbor) -> Statistics:
    """`GET /statistics`."""
    return await harbor.get("/statistics", Statistics)


async def volumes(harbor: Harbor) -> Volumes:
    """`GET /systeminfo/volumes`; Forbidden for ordinary users."""
    return await harbor.get("/systeminfo/volumes", Volumes)
