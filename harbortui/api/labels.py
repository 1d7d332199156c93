"""Labels: global ones, and those of a project."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from harbortui.api.changes import changed, unless_changed
from harbortui.api.errors import Conflict, NotFound
from harbortui.api.form import Form
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Moment, Page, Query, made
from harbortui.api.projects import Project

COLOUR = re.compile(r"(#[0-9A-Fa-f]{6})?")


def _colour(text: str) -> str:
    if not COLOUR.fullmatch(text):
        raise ValueError("# and six digits, 0-9 a-f, such as #1d5100, or nothing")
    return text


class Label(Model):
    """A word that artifacts are marked with."""

    id: int = 0
    name: str = ""
    description: str = ""
    color: str = ""
    project_id: int = 0
    """0 for a global one."""
    creation_time: Moment | None = None


class NewLabel(Form):
    """A label to be made, or to be changed."""

    name: str = Field(title="Name", min_length=1, max_length=128)
    description: str = Field("", title="Description")
    color: Annotated[str, AfterValidator(_colour)] = Field(
        "", title="Colour", description="As #RRGGBB, for Harbor's portal; may stay empty."
    )


async def page(harbor: Harbor, project: Project | None, query: Query) -> Page[Label]:
    """`GET /labels`: those of a project, or the global ones, which everybody may see."""
    if project is None:
        return await harbor.page("/labels", Label, query, scope="g")
    return await harbor.page("/labels", Label, query, scope="p", project_id=project.project_id)


async def raw(harbor: Harbor, label: Label) -> Any:
    """`GET /labels/{id}` as Harbor sends it."""
    return await harbor.raw(path(label))


async def create(harbor: Harbor, project: Project | None, form: NewLabel) -> None:
    """`POST /labels`; Conflict when the scope has the name. Harbor takes empty names: we do not."""
    scope = {"scope": "p", "project_id": project.project_id} if project else {"scope": "g"}
    await harbor.write("POST", "/labels", {**form.model_dump(), **scope})


async def fill(harbor: Harbor, label: Label) -> NewLabel:
    """The form of a label as it is now."""
    return _form(await harbor.get(path(label), Label))


async def update(harbor: Harbor, label: Label, before: NewLabel, after: NewLabel) -> None:
    """`PUT /labels/{id}`, which empties what is not sent: all that is there goes along."""
    now = await raw(harbor, label)
    unless_changed(label.name, before, after, _form(made(Label, now)))
    await harbor.write("PUT", path(label), {**now, **changed(before, after)})


async def delete(harbor: Harbor, label: Label) -> str | None:
    """`DELETE /labels/{id}`: it comes off all artifacts."""
    try:
        now = await harbor.get(path(label), Label)
        if now.name != label.name:
            raise Conflict(f"{label.name} is called {now.name} by now: look again and repeat")
        await harbor.write("DELETE", path(label))
    except NotFound:
        return f"{label.name} was gone already"
    return None


def path(label: Label) -> str:
    """Where a label is; its id is good in every project."""
    return f"/labels/{label.id}"


def _form(label: Label) -> NewLabel:
    values = {name: getattr(label, name) for name in NewLabel.model_fields}
    return NewLabel.model_construct(**values)
