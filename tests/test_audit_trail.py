"""The trail of a tag joins what happened to its digests."""

from harbortui.audit.filter import Filter
from harbortui.audit.pattern import Pattern
from harbortui.audit.reader import Reader
from harbortui.audit.trail import joined, tags
from harbortui.audit.walk import Walk

from .audit_model import ModelLog, run

ONE, TWO = f"sha256:{'1' * 64}", f"sha256:{'2' * 64}"


def wanted(*names: str) -> Filter:
    return Filter(things=tuple(Pattern(name) for name in names))


def test_only_tags_of_repositories_have_digests_to_join() -> None:
    names = ("a/b:v1", "a/b", "a", f"a/b@{ONE}", "a/b:*", "host:5000/a/b", "a/b/c:v2")
    assert tags(wanted(*names)) == ["a/b:v1", "a/b/c:v2"]


def test_the_digests_that_a_tag_was_pushed_with_are_joined() -> None:
    log = ModelLog()
    for digest in (ONE, TWO):
        pushed = f"push artifact: a/b@{digest}"
        log.draw(operation="create", resource="a/b:v1", operation_description=pushed)
        log.draw(operation="create", resource="a/b:v10", operation_description=f"x a/b@{ONE[:-1]}3")
    for digest in (ONE, TWO, f"sha256:{'3' * 64}"):
        log.draw(operation="delete", resource=f"a/b@{digest}")

    def walk_for(one: Filter) -> Walk:
        walk = Walk(Reader(log, one, everything=True), log.now, lambda: 7)
        walk.start(8)
        return walk

    found = run(joined(wanted("a/b:v1"), walk_for))
    assert [one.text for one in found.things] == ["a/b:v1", f"a/b@{TWO}", f"a/b@{ONE}"]
    assert [e.id for e in log.visible() if found.takes(e)] == [1, 3, 5, 6]
    assert run(joined(wanted("a/b"), walk_for)) == wanted("a/b")
    assert run(joined(wanted("a/b:none"), walk_for)) == wanted("a/b:none")
