"""What there is to know of one thing, as lines."""

from harbortui.clock import Clock
from harbortui.screens.details import fact_rows
from harbortui.shown import Fact


def test_a_blank_line_of_a_text_is_blank_and_a_fact_without_a_value_is_not() -> None:
    found = [Fact("Description", "one"), Fact("", ""), Fact("", "two"), Fact("Owner", "")]
    written = ["".join(part.text for part in row).strip() for row in fact_rows(found, Clock())]
    assert [line.split()[-1:] for line in written] == [["one"], [], ["two"], ["-"]]
