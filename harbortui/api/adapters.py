"""The kinds of registries that Harbor works with: their names, addresses and abilities."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ConfigDict, RootModel

from harbortui.api.harbor import Harbor
from harbortui.api.model import Model

PATH = "/registries"
KINDS = {
    "ali-acr": "Alibaba ACR",
    "artifact-hub": "Artifact Hub",
    "aws-ecr": "Amazon ECR",
    "azure-acr": "Azure ACR",
    "docker-hub": "Docker Hub",
    "docker-registry": "Docker registry",
    "dtr": "Docker Trusted Registry",
    "github-ghcr": "GitHub GHCR",
    "gitlab": "GitLab",
    "google-gcr": "Google GCR",
    "harbor": "Harbor",
    "helm-hub": "Helm Hub",
    "huawei-SWR": "Huawei SWR",
    "jfrog-artifactory": "JFrog Artifactory",
    "quay": "Quay",
    "tencent-tcr": "Tencent TCR",
    "volcengine-cr": "Volcengine CR",
}
"""Harbor's adapters in words; older ones (`quay`) may still be in use."""


class Filter(Model):
    """A filter that rules with a registry can have, with the values to choose from."""

    type: str = ""
    style: str = ""
    values: tuple[str, ...] = ()


class Abilities(Model):
    """What rules can do that copy from a registry."""

    type: str = ""
    supported_resource_filters: tuple[Filter, ...] = ()
    supported_triggers: tuple[str, ...] = ()
    supported_copy_by_chunk: bool = False

    def values(self, kind: str) -> tuple[str, ...]:
        """What a filter of a kind can be set to; empty when there is none of it."""
        found = (one.values for one in self.supported_resource_filters if one.type == kind)
        return next(found, ())

    def filters(self, kind: str) -> bool:
        """Whether a filter of this kind can be used."""
        return any(one.type == kind for one in self.supported_resource_filters)


class Endpoint(Model):
    """A known address of a kind of registry."""

    key: str = ""
    value: str = ""


class Endpoints(Model):
    """The known addresses of a kind; `EndpointPatternTypeFix`: there are no others."""

    endpoint_type: str = ""
    endpoints: tuple[Endpoint, ...] = ()


class Adapter(Model):
    """What Harbor knows of a kind of registry."""

    endpoint_pattern: Endpoints = Endpoints()


class _Adapters(RootModel[dict[str, Adapter]]):
    """The abilities of all adapters, by their type."""

    model_config = ConfigDict(hide_input_in_errors=True)


async def abilities(harbor: Harbor, registry_id: int) -> Abilities:
    """`GET /registries/{id}/info`: what rules that copy from there can do; 0 is this Harbor."""
    return await harbor.get(f"{PATH}/{registry_id}/info", Abilities)


async def adapters(harbor: Harbor) -> Sequence[str]:
    """`GET /replication/adapters`: the kinds that can be added here."""
    found = await harbor.raw("/replication/adapters")
    return [str(one) for one in found or ()]


async def known_endpoints(harbor: Harbor, kind: str) -> Endpoints:
    """`GET /replication/adapterinfos`: the known addresses of a kind of registry."""
    every = await harbor.get("/replication/adapterinfos", _Adapters)
    return every.root.get(kind, Adapter()).endpoint_pattern
