"""What a replication rule would take now, as far as Harbor can be asked without running it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harbortui.api import patterns, registries
from harbortui.api.across import unless_refused
from harbortui.api.errors import Invalid
from harbortui.api.harbor import Harbor
from harbortui.api.many import all_pages, several
from harbortui.api.model import Model, Query
from harbortui.api.projects import at as project_at
from harbortui.api.replication import Rule
from harbortui.api.repositories import at
from harbortui.api.rule_fields import PULL
from harbortui.api.rule_forms import RuleForm
from harbortui.api.rule_writes import check

LOOKED_INTO = 40
"""Repositories whose artifacts are looked at one by one; the rest is only counted."""
NAMED = 3


class _Named(Model):
    """Anything that has a name."""

    name: str = ""


class _Repository(Model):
    """Of a repository only its name."""

    name: str = ""
    artifact_count: int = 0


class _Artifact(Model):
    """Of an artifact only what rules look at."""

    tags: tuple[_Named, ...] = ()
    labels: tuple[_Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A repository that a rule takes, with how many of its artifacts."""

    repository: str
    artifacts: int


async def preview(harbor: Harbor, rule: RuleForm) -> str:
    """What would be copied, in a sentence; of a pull, whether its source answers.

    Invalid when that is nothing, or when the run will fail. Of what another registry holds Harbor
    tells nothing before the rule runs.
    """
    await check(harbor, rule)
    if rule.mode == PULL:
        registry = await registries.get(harbor, rule.registry)
        said = await registries.ping(harbor, registry)
        return f"{said} What matches there, Harbor tells only when the rule runs."
    found = await named(harbor, rule.names)
    narrowed = bool(rule.tags or rule.labels)
    looked = found[:LOOKED_INTO] if narrowed else found
    matches = await _matches(harbor, rule, looked) if narrowed else _counted(found)
    return _sentence(rule, matches, len(found) - len(looked))


async def of_rule(harbor: Harbor, _: Rule, form: RuleForm) -> str:
    """The same for a rule that is being changed."""
    return await preview(harbor, form)


async def named(harbor: Harbor, pattern: str) -> list[_Repository]:
    """The repositories here that a filter by name lets pass."""
    project, slash, _ = patterns.literal(pattern).partition("/")
    path = f"{project_at(project)}/repositories" if project and slash else "/repositories"
    found = await unless_refused(
        all_pages(lambda query: harbor.page(path, _Repository, query), Query(sort="name,id"))
    )
    return [one for one in found or () if patterns.matches(pattern, one.name)]


def _counted(found: Sequence[_Repository]) -> list[Match]:
    return [Match(one.name, one.artifact_count) for one in found if one.artifact_count]


async def _matches(harbor: Harbor, rule: RuleForm, found: Sequence[_Repository]) -> list[Match]:
    async def one(repository: _Repository) -> Match:
        path = f"{at(repository.name)}/artifacts"
        every = await unless_refused(
            all_pages(
                lambda query: harbor.page(
                    path, _Artifact, query, with_tag="true", with_label="true"
                ),
                Query(sort="-push_time,-id"),
            )
        )
        return Match(repository.name, sum(_taken(rule, artifact) for artifact in every or ()))

    return [match for match in await several(found, one) if match.artifacts]


def _taken(rule: RuleForm, artifact: _Artifact) -> bool:
    """Whether an artifact passes; one without tags has an empty one (src/pkg/reg/filter)."""
    tags = [tag.name for tag in artifact.tags] or [""]
    wanted = rule.tags_way == "matches"
    by_tag = not rule.tags or any(patterns.matches(rule.tags, tag) == wanted for tag in tags)
    has = rule.labels <= {label.name for label in artifact.labels}
    return by_tag and (not rule.labels or has == (rule.labels_way == "matches"))


def target(rule: RuleForm, name: str) -> str:
    """What a repository is called at the destination (src/controller/replication/flow/stage.go).

    Empty when it has not as many levels as are to be dropped: Harbor's run fails then.
    """
    parts = name.split("/")
    if not rule.dest_namespace:
        return name
    if rule.flattening >= len(parts):
        return ""
    kept = parts[-1:] if rule.flattening < 0 else parts[rule.flattening :]
    return "/".join([rule.dest_namespace, *kept])


def _sentence(rule: RuleForm, matches: Sequence[Match], unseen: int) -> str:
    more = f"; {unseen:,} more repositories were not looked into" if unseen > 0 else ""
    if not matches:
        raise Invalid(f"Nothing matches now{more}.")
    if short := next((one.repository for one in matches if not target(rule, one.repository)), ""):
        raise Invalid(f"The run will fail: {short} has fewer levels than are to be dropped.")
    first, becomes = matches[0].repository, target(rule, matches[0].repository)
    renamed = f" {first} becomes {becomes}." if becomes != first else ""
    artifacts, count = sum(one.artifacts for one in matches), len(matches)
    some = ", ".join(one.repository for one in matches[:NAMED]) + (", …" if count > NAMED else "")
    return (
        f"Matches {artifacts:,} artifact{'s' * (artifacts != 1)} in {count:,} "
        f"repositor{'y' if count == 1 else 'ies'}{more}: {some}.{renamed}"
    )
