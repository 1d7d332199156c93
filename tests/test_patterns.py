"""Patterns: what github.com/bmatcuk/doublestar 1.3.4 answered to the same stands in the table."""

import pytest

from harbortui.api import patterns

FITS = [
    ("**", "payments/api", True),
    ("payments/**", "payments/api", True),
    ("payments/**", "payments/a/b", True),
    ("payments/**", "payments", False),
    ("payments/*", "payments/a/b", False),
    ("payments/*", "payments/api", True),
    ("*/api", "payments/api", True),
    ("**/api", "a/b/api", True),
    ("**/api", "api", True),
    ("a/**/d", "a/d", True),
    ("a/**/d", "a/b/c/d", True),
    ("{library,base}/**", "base/x", True),
    ("{library/a,base}", "library/a", True),
    ("library/{nginx,redis-*}", "library/redis-7", True),
    ("v?.[0-9]", "v1.9", True),
    ("v[^0-9]", "v1", False),
    ("v[^0-9]", "va", True),
    ("[!a]", "b", False),
    ("[!a]", "a", True),
    ("3.1?", "3.16", True),
    ("3.*", "3.1.2", True),
    ("a**b", "axxb", True),
    ("a**b", "a/b", False),
    ("\\*", "*", True),
    ("\\*", "a", False),
    ("*", "", True),
    ("a]", "a]", True),
    ("a}", "a}", True),
    ("größe/**", "größe/ü", True),
    ("a.b", "axb", False),
    ("a,b", "a,b", True),
    ("{a,{b,c}d}", "cd", True),
    ("x/{**,y}/z", "x/a/z", True),
    ("a+b", "a+b", True),
    ("a+b", "aab", False),
]


@pytest.mark.parametrize(("pattern", "text", "fits"), FITS)
def test_a_pattern_fits_what_harbor_takes(pattern: str, text: str, fits: bool) -> None:
    assert patterns.matches(pattern, text) is fits
    assert patterns.check(pattern) == pattern


def test_an_empty_pattern_lets_everything_pass() -> None:
    assert patterns.matches("", "anything/at/all")


@pytest.mark.parametrize("pattern", ["[", "{a", "[]a]", "[-a]", "a\\", "{a,b}" * 9, "{a}" * 3000])
def test_a_broken_pattern_is_refused_and_fits_nothing(pattern: str) -> None:
    assert not patterns.matches(pattern, "a")
    with pytest.raises(ValueError, match="not a pattern"):
        patterns.check(pattern)


@pytest.mark.parametrize(
    ("pattern", "start"),
    [("payments/**", "payments/"), ("lib{a,b}", "lib"), ("a/b", "a/b"), ("**", ""), ("\\*", "")],
)
def test_the_beginning_that_is_no_pattern_is_known(pattern: str, start: str) -> None:
    assert patterns.literal(pattern) == start
