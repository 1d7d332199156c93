"""The demo's repositories and what is in them: images, indexes, charts, signatures, scans."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from . import images, reports, seed_pictured
from .answers import Json
from .clock import NEVER, moment, stamp

if TYPE_CHECKING:
    from .server import DemoHarbor

REPOSITORIES = """
    library        hello:6 tools:4 motd:2
    web-frontend   nginx:5 app:14 assets/builder:3
    identity       keycloak:4 ldap-sync:3
    data-lake      hive:5 trino:6 spark/history-server:3
    ml-platform    notebook:9 trainer:12 serving/triton:5
    observability  prometheus:6 alertmanager:4 grafana:9 loki:5 tempo:3 mimir:3 node-exporter:4
                   blackbox-exporter:2 otel/collector:7 otel/operator:3 kube-state:2 vector:2
    notifications  mailer:5 push:4
    edge-gateway   envoy:8 ratelimit:3
    mobile-api     bff:5
    billing        invoices:4 dunning:2
    media-pipeline transcoder:7
    catalog        api:6
    inventory      api:5 stock-sync:3 forecast:4 labels.printer:2 warehouse/robot-arm_controller:3
    search-engine  indexer:5 query:4
    fraud-detection scorer:6
    analytics      dash:4 etl:6
    ci-images      go:10 node:9 python:9 rust:6 java:7 ruby:4 php:4 dotnet:5 runner:8 kaniko:3
    base-images    alpine:5 debian:6 ubi:4 distroless/static:3
    charts         postgres:3 web:4 monitoring:2
    sandbox        test1:3 churn:20
    legacy-monolith monolith:24
    security-tools scanner:3 sigstore/policy-controller:2
    docs-site      site:4
    iot-fleet      agent:9 firmware/arm.v7:4
    geo-services   tiles:3
    crm            web:5 importer:2
    data.science_lab-2 jupyter:5 cuda-12.4:3
    terraform-modules network:3
    open-source    harbortui:3
    partner-acme   connector:3
    qa-env         fixtures:2
    staging-env    snapshot:2
    perf-lab       k6:3
    mirror-a       MIRRORED
    mirror-c       alpine:2
    tiny-quota     small:2
    hub-cache      ci-images/node:3 base-images/debian:4 devtools/linter:2
"""
MIRRORED = """
    api go alpine debian ubuntu fedora rockylinux busybox nginx httpd haproxy traefik caddy
    redis valkey memcached postgres mariadb mongo rabbitmq nats kafka zookeeper etcd consul
    vault minio influxdb telegraf grafana prometheus node python openjdk golang rust ruby
    php perl elixir library/hello
"""
DESCRIPTIONS = {
    "base-images/debian": "# debian\n\nThe **base-images/debian** image.",
    "payments/api": "# api\n\nThe **payments/api** image.",
    "payments/checkout-server": "The shop&#39;s back end.",
    "payments/ledger": "Double-entry bookkeeping.",
    "payments/legacy/mainframe-adapter": "Do not touch before the audit.",
    # What a developer of a project can put on everybody's screen.
    "sandbox/test1": "\x1b]8;;http://x\x07link\x1b]8;;\x07 [/] \u202egnp.exe",
}
PAYMENTS = """
    checkout-server       12   1204    0.13
    fx-converter           4     77    0.13
    ledger                 8   4310    2
    ledger-migrations-2026-q4-one-off-backfill  1  1  17
    legacy/mainframe-adapter  2  310   220
    order-router          31  88120    0.01
    statement-renderer     6    540    9
    webhook-receiver       9   2201    6
    worker                 3      0    41
    audit-trail            5    612    30
    kyc-check              7    953    12
    psp-gateway            6  20311    4
    risk-scoring           4   1788    21
"""
INDEXED = ("base-images/", "mirror-a/", "hub-cache/", "ml-platform/serving/")


@dataclass(frozen=True)
class Plan:
    """A repository to be: how many artifacts, how often pulled, days since the pushes."""

    project: Json
    name: str
    count: int
    pulls: int
    newest: float
    oldest: float


def fill(demo: DemoHarbor) -> None:
    """Adds all repositories and their artifacts."""
    plans = [*_plans(demo), *_payments(demo)]
    used = {quota["ref"]["name"]: quota["used"]["storage"] for quota in demo.quotas.values()}
    counts: Counter[str] = Counter()
    for plan in plans:
        counts[plan.project["name"]] += plan.count
    for plan in plans:
        repository = add(demo, plan)
        share = used[plan.project["name"]] / counts[plan.project["name"]]
        chance = random.Random(crc32(plan.name.encode()))
        for number in range(plan.count):
            size = max(4000, int(share * chance.uniform(0.5, 1.5)))
            _artifact(demo, repository, plan, number, size)
    seed_pictured.fill(demo)


def _plans(demo: DemoHarbor) -> list[Plan]:
    plans = []
    names = {row["name"] for row in demo.projects.values()}
    for line in REPOSITORIES.replace("MIRRORED", " ".join(MIRRORED.split())).strip().splitlines():
        words = line.split()
        if ":" not in words[0] and words[0] in names:
            project = demo.project(words.pop(0))
        age = (demo.clock() - moment(project["creation_time"])) / timedelta(days=1)
        for word in words:
            name, _, count = word.partition(":")
            full = f"{project['name']}/{name}"
            luck = crc32(full.encode())
            pulls = 0 if luck % 5 == 0 else luck % 4000
            newest = age * (0.02 + luck % 89 / 200)
            plans.append(Plan(project, full, int(count or 2), pulls, newest, age * 0.95))
    return plans


def _payments(demo: DemoHarbor) -> list[Plan]:
    project = demo.project("payments")
    rows = [line.split() for line in PAYMENTS.strip().splitlines()]
    return [
        Plan(project, f"payments/{name}", int(count), int(pulls), float(newest), 240)
        for name, count, pulls, newest in rows
    ]


def add(demo: DemoHarbor, plan: Plan) -> Json:
    """Adds a repository without artifacts."""
    return demo.repositories.add(
        {
            "name": plan.name,
            "project_id": plan.project["project_id"],
            "description": DESCRIPTIONS.get(plan.name, ""),
            "artifact_count": 0,
            "pull_count": plan.pulls,
            "creation_time": demo.clock.stamp(days=plan.oldest),
            "update_time": demo.clock.stamp(days=plan.newest),
        }
    )


def _artifact(demo: DemoHarbor, repository: Json, plan: Plan, number: int, size: int) -> None:
    """Adds the artifact that is `number` older than the newest one."""
    age = plan.newest + (plan.oldest - plan.newest) * (number / plan.count) ** 1.5
    pushed = demo.clock() - timedelta(days=age)
    kind = _kind(plan, number)
    version = f"1.{(plan.count - number) // 10}.{(plan.count - number) % 10}"
    never = number % 4 == 3 or not plan.pulls
    pulled = NEVER if never else demo.clock.stamp(days=age * 0.3)
    name = images.digest(f"{plan.name} {number}")
    row = images.manifest(repository, kind, name, size, stamp(pushed), pulled)
    images.describe(row, version)
    row = images.keep(demo, row)
    if kind == images.INDEX:
        images.bind(row, [_child(demo, repository, row, part) for part in ("amd64", "arm64")])
    if number % 5 != 4 or kind == images.CHART:
        images.tag(demo, row, version, stamp(pushed), pulled)
    if number == 0 and kind != images.CHART:
        images.tag(demo, row, "latest", stamp(pushed), pulled)
    _extras(demo, row, number, pushed)


def _kind(plan: Plan, number: int) -> str:
    if plan.project["name"] == "charts":
        return images.CHART
    return images.INDEX if plan.name.startswith(INDEXED) and number % 2 == 0 else images.IMAGE


def _child(demo: DemoHarbor, repository: Json, index: Json, architecture: str) -> Json:
    name = images.digest(f"{index['digest']} {architecture}")
    size = index["size"] // 2
    row = images.manifest(repository, images.IMAGE, name, size, index["push_time"])
    images.describe(row, "latest", architecture)
    row["listed"] = False
    return images.keep(demo, row)


def _extras(demo: DemoHarbor, row: Json, number: int, pushed: datetime) -> None:
    """Scans, signs and labels an artifact, depending on its place and its digest."""
    luck = crc32(row["digest"].encode())
    started = pushed + timedelta(seconds=31)
    if row["type"] == "IMAGE" and luck % 9:
        ended = started + timedelta(seconds=8 + luck % 40)
        row["scan"] = reports.finished(row["digest"], started, ended, **_counts(luck, number))
        if luck % 23 == 1:
            row["scan"] = reports.unfinished(row["digest"], "Error", started)
    if number % 3 == 0 and luck % 2:
        images.attach(demo, row, "signature.cosign", 998, stamp(started))
    if number % 7 == 1:
        images.attach(demo, row, "signature.notation", 644, stamp(started))
    if luck % 6 == 0:
        row["labels"].append(1 + luck % 5)


def _counts(luck: int, number: int) -> dict[str, int]:
    """How many findings of each severity: more in older images, none in some."""
    if luck % 4 == 0:
        return {}
    critical = luck % 3 if number > 1 else 0
    return {
        "Critical": critical,
        "High": luck % 7 + number // 3,
        "Medium": luck % 13 + number,
        "Low": luck % 41 + number,
    }
