"""The kinds of registries that Harbor can copy from and to, and their usual addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import access
from .answers import Json, answer
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

KINDS = (
    "ali-acr aws-ecr azure-acr docker-hub docker-registry github-ghcr google-gcr harbor "
    "huawei-SWR jfrog-artifactory tencent-tcr volcengine-cr"
)
OLDER = "dtr gitlab quay"
STANDARD = {"endpoint_type": "EndpointPatternTypeStandard", "endpoints": None}
QUAY = {
    "access_key_type": "AccessKeyTypeFix",
    "access_key_data": "json_file",
    "access_secret_type": "AccessSecretTypeFile",
}
ALIBABA = (
    "cn-qingdao cn-beijing cn-zhangjiakou cn-huhehaote cn-wulanchabu cn-hangzhou cn-shanghai "
    "cn-shenzhen cn-heyuan cn-guangzhou cn-chengdu cn-hongkong ap-southeast-1 ap-southeast-2 "
    "ap-southeast-3 ap-southeast-5 ap-south-1 ap-northeast-1 us-west-1 us-east-1 eu-central-1 "
    "eu-west-1 me-east-1"
)
AMAZON = (
    "us-east-2 us-east-1 us-west-1 us-west-2 af-south-1 ap-east-1 ap-south-1 ap-northeast-3 "
    "ap-northeast-2 ap-southeast-1 ap-southeast-2 ap-northeast-1 ca-central-1 cn-north-1 "
    "cn-northwest-1 eu-central-1 eu-west-1 eu-west-2 eu-south-1 eu-west-3 eu-north-1 me-south-1 "
    "sa-east-1"
)
GOOGLE = ("gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io")


@route("GET", "/replication/adapters")
def adapters(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The kinds, by name."""
    access.require_system(request, "replication-adapter", "list")
    return answer(kinds(demo))


def kinds(demo: DemoHarbor) -> list[str]:
    """What registries can be, by name: 2.14 has dropped three kinds."""
    older = [] if demo.at_least("2.14") else OLDER.split()
    return sorted([*KINDS.split(), *older], key=str.lower)


@route("GET", "/replication/adapterinfos")
def patterns(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """What is known of the addresses and the credentials of some kinds."""
    access.require_system(request, "replication-adapter", "list")
    google = _addresses("List", {host: f"https://{host}" for host in GOOGLE})
    google["credential_pattern"] = {
        "access_key_type": "AccessKeyTypeFix",
        "access_key_data": "_json_key",
        "access_secret_type": "AccessSecretTypeFile",
        "access_secret_data": "No Change",
    }
    amazon = {region: f"https://api.ecr.{region}.amazonaws.com" for region in AMAZON.split()}
    known: Json = {
        "ali-acr": _addresses("List", _alibaba()),
        "aws-ecr": _addresses("List", amazon),
        "docker-hub": _addresses("Fix", {"hub.docker.com": "https://hub.docker.com"}),
        "github-ghcr": _addresses("Fix", {"ghcr.io": "https://ghcr.io"}),
        "google-gcr": google,
        "tencent-tcr": {},
        "volcengine-cr": {},
    }
    if not demo.at_least("2.14"):
        known["quay"] = {"endpoint_pattern": STANDARD, "credential_pattern": QUAY}
    return answer(known)


def _addresses(kind: str, known: dict[str, str]) -> Json:
    """A fixed list of addresses, or suggestions."""
    endpoints = [{"key": key, "value": value} for key, value in known.items()]
    pattern = {"endpoint_type": f"EndpointPatternType{kind}", "endpoints": endpoints}
    return {"endpoint_pattern": pattern}


def _alibaba() -> dict[str, str]:
    """Five addresses a region: three of the ordinary registry, two of the enterprise edition."""
    known = {}
    for region in ALIBABA.split():
        for net in ("", "-vpc", "-internal"):
            known[region + net] = f"https://registry{net}.{region}.aliyuncs.com"
        for net in ("-vpc", ""):
            host = f"instanceName-registry{net}.{region}.cr.aliyuncs.com"
            known[f"{region}-ee{net}"] = f"https://{host}"
    return known
