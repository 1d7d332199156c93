"""Quotas of all projects, largest first: what is large, in one request."""

from __future__ import annotations

from harbortui.api import quotas as api
from harbortui.api.quotas import Quota
from harbortui.resources.cells import bar, size
from harbortui.resources.core import SELDOM, Column, Edit, Part, Resource
from harbortui.resources.projects import ceiling, fullness

QUOTAS: Resource[None, Quota] = Resource(
    name="quotas",
    one="quota",
    about="what projects hold and may hold",
    aliases=("quota",),
    page=api.page,
    size=25,
    order="-used.storage,creation_time",
    key=lambda quota: quota.id,
    label=lambda quota: quota.ref.name,
    columns=(
        Column("PROJECT", lambda quota: quota.ref.name or Part("deleted", "muted"), grow=True),
        Column("STORAGE", lambda quota: size(quota.used.storage), right=True, sort="used.storage"),
        Column("QUOTA", lambda quota: ceiling(quota.limit), right=True, sort="hard.storage"),
        Column("USED", lambda quota: bar(quota.share)),
    ),
    sign=lambda quota: fullness(quota.share),
    find=api.of_name,
    raw=api.raw,
    edit=Edit(api.limit, api.set_limit),
    silent="Harbor does not record changes of quotas",
    needs="quota",
    admin=True,
    interval=SELDOM,
)
