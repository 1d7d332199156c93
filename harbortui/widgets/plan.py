"""A form's model read as a list of fields: which there are, of what sort, and when they show."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from harbortui.api.form import Choice, Choices, Labels, Lines, Shown, Written
from harbortui.widgets.mistakes import told

Path = tuple[str, ...]
Sort = Literal["heading", "switch", "choice", "several", "text", "secret", "lines", "forms"]
TAG = "kind"
"""The field that tells the cases of a union apart."""


@dataclass(frozen=True)
class Spec:
    """One field of a form."""

    path: Path
    sort: Sort
    title: str
    help: str = ""
    default: Any = None
    choices: tuple[Choice, ...] = ()
    load: Choices | None = None
    form: type[BaseModel] | None = None
    text: Callable[[Any], str] = str
    optional: bool = False
    conditions: tuple[Callable[[Mapping[str, Any]], bool], ...] = ()

    def shown(self, answers: Mapping[str, Any]) -> bool:
        """Whether the field is asked for, given the answers so far."""
        return all(condition(answers) for condition in self.conditions)


def plan(model: type[BaseModel], path: Path = ()) -> list[Spec]:
    """Every field that the form can have, in order; those of other cases have conditions."""
    return [
        spec for name, field in model.model_fields.items() for spec in _specs((*path, name), field)
    ]


def _specs(path: Path, field: FieldInfo) -> Iterator[Spec]:
    conditions = tuple(
        _at(path[:-1], extra.when) for extra in field.metadata if isinstance(extra, Shown)
    )
    kind, optional = _without_none(field.annotation)
    spec = Spec(
        path,
        "text",
        field.title or path[-1].replace("_", " ").capitalize(),
        field.description or "",
        None
        if field.default is PydanticUndefined
        else field.get_default(call_default_factory=False),
        load=_extra(field, Choices),
        text=written.text if (written := _extra(field, Written)) else _text,
        optional=optional,
        conditions=conditions,
    )
    labels = _extra(field, Labels)
    cases = [case for case in get_args(kind) if _is_form(case)]
    if cases and get_origin(kind) in (Union, types.UnionType):
        yield from _union(spec, cases, labels)
    elif _is_form(kind):
        yield replace(spec, sort="heading")
        yield from (_under(spec, inner) for inner in plan(kind, path))
    else:
        yield _simple(spec, kind, field, labels)


def _union(spec: Spec, cases: list[type[BaseModel]], labels: Labels | None) -> Iterator[Spec]:
    """A choice of the case, then the fields of each, shown while it is chosen."""
    tags = [get_args(case.model_fields[TAG].annotation)[0] for case in cases]
    words = labels.words if labels else {}
    choices = tuple(
        Choice(tag, words.get(tag) or case.model_fields[TAG].title or str(tag))
        for tag, case in zip(tags, cases, strict=True)
    )
    first = getattr(spec.default, TAG, tags[0])
    yield replace(
        spec, sort="choice", path=(*spec.path, TAG), choices=choices, default=first, load=None
    )
    for tag, case in zip(tags, cases, strict=True):
        chosen = _at(spec.path, _is(tag))
        for inner in plan(case, spec.path):
            if inner.path[-1] != TAG or len(inner.path) > len(spec.path) + 1:
                yield replace(
                    _under(spec, inner), conditions=(chosen, *spec.conditions, *inner.conditions)
                )


def _is(tag: object) -> Callable[[Mapping[str, Any]], bool]:
    return lambda answers: answers.get(TAG) == tag


def _under(spec: Spec, inner: Spec) -> Spec:
    return replace(inner, conditions=(*spec.conditions, *inner.conditions))


def _simple(spec: Spec, kind: Any, field: FieldInfo, labels: Labels | None) -> Spec:
    origin = get_origin(kind)
    words = labels.words if labels else {}
    if kind is bool:
        return replace(spec, sort="switch", default=bool(spec.default))
    if kind is SecretStr:
        return replace(spec, sort="secret")
    if origin is Literal:
        choices = tuple(Choice(value, words.get(value, str(value))) for value in get_args(kind))
        return replace(spec, sort="choice", choices=choices)
    if isinstance(kind, type) and issubclass(kind, Enum):
        choices = tuple(Choice(one.value, words.get(one.value, str(one.value))) for one in kind)
        return replace(spec, sort="choice", choices=choices)
    if origin is frozenset:
        inner = get_args(kind)[0]
        values = get_args(inner) if get_origin(inner) is Literal else ()
        choices = tuple(Choice(value, words.get(value, str(value))) for value in values)
        return replace(spec, sort="several", choices=choices, default=spec.default or frozenset())
    if origin is tuple and _is_form(get_args(kind)[0]):
        return replace(spec, sort="forms", form=get_args(kind)[0], default=spec.default or ())
    if spec.load:
        return replace(spec, sort="choice")
    return replace(spec, sort="lines") if _extra(field, Lines) else spec


def _extra(field: FieldInfo, kind: type[Any]) -> Any:
    """What `Annotated` says of this sort; a bare class counts as well."""
    for extra in field.metadata:
        if isinstance(extra, kind) or extra is kind:
            return extra
    return None


def _is_form(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _without_none(kind: Any) -> tuple[Any, bool]:
    """`X | None` as X, and whether it was."""
    if get_origin(kind) not in (Union, types.UnionType):
        return kind, False
    rest = [one for one in get_args(kind) if one is not type(None)]
    optional = len(rest) < len(get_args(kind))
    return (rest[0] if len(rest) == 1 else kind), optional


def _at(
    path: Path, when: Callable[[Mapping[str, Any]], bool]
) -> Callable[[Mapping[str, Any]], bool]:
    """A condition on the answers of the (nested) form at a path."""

    def condition(answers: Mapping[str, Any]) -> bool:
        inner: Any = answers
        for name in path:
            inner = inner.get(name, {}) if isinstance(inner, Mapping) else {}
        return when(inner)

    return condition


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def nested(flat: Mapping[Path, Any]) -> dict[str, Any]:
    """Answers by path as the nested dictionary that the model reads."""
    tree: dict[str, Any] = {}
    for path, value in flat.items():
        inner = tree
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
        inner[path[-1]] = value
    return tree


def flat(form: BaseModel, specs: list[Spec]) -> dict[Path, Any]:
    """A filled form's values by path; of cases that are not chosen it has none."""
    found: dict[Path, Any] = {}
    for spec in specs:
        holder: Any = form
        for name in spec.path[:-1]:
            holder = getattr(holder, name, None)
        if spec.sort != "heading" and hasattr(holder, spec.path[-1]):
            found[spec.path] = getattr(holder, spec.path[-1])
    return found


def placed(
    error: ValidationError, specs: Sequence[Spec]
) -> tuple[list[tuple[Spec, str]], list[str]]:
    """What is wrong with which field, and what is wrong with none of them."""
    found: list[tuple[Spec, str]] = []
    rest: list[str] = []
    for problem in error.errors(include_url=False, include_input=False):
        words = told(problem)
        if spec := _field_of(problem["loc"], specs):
            found.append((spec, words))
        else:
            rest.append(words)
    return found, rest


def _field_of(loc: tuple[Any, ...], specs: Sequence[Spec]) -> Spec | None:
    """The field that pydantic's `loc` means: union tags stand in it as well."""
    names = [str(part) for part in loc]
    best: Spec | None = None
    for spec in specs:
        rest = iter(names)
        if all(name in rest for name in spec.path) and (
            best is None or len(spec.path) > len(best.path)
        ):
            best = spec
    return best
