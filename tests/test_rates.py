import pytest

from harbortui.api.rates import count_text, parse_count, parse_speed, speed_text


@pytest.mark.parametrize("speed", [-1, 1, 999, 1024, 10240, 2**31 - 1])
def test_a_bandwidth_is_read_as_it_is_written(speed):
    assert parse_speed(speed_text(speed)) == speed
    assert parse_speed(speed) == speed


@pytest.mark.parametrize("count", [-1, 1, 5, 2**31 - 1])
def test_a_number_is_read_as_it_is_written(count):
    assert parse_count(count_text(count)) == count
    assert parse_count(count) == count


@pytest.mark.parametrize(
    ("typed", "speed"),
    [("none", -1), ("UNLIMITED", -1), ("1 M", 1024), ("2mbps", 2048), ("7 kbit/s", 7), ("7K", 7)],
)
def test_people_write_bandwidths_in_many_ways(typed, speed):
    assert parse_speed(typed) == speed


@pytest.mark.parametrize("wrong", ["0", 0, -2, 2**31, "2097152 Mbit/s", "1.5 M", "٣", "1 GB"])
def test_what_harbor_would_not_take_is_refused(wrong):
    with pytest.raises(ValueError, match="nothing for no limit"):
        parse_speed(wrong)


@pytest.mark.parametrize("wrong", ["0", 0, -2, 2**31, "five", "1 k", "٣"])
def test_numbers_that_harbor_would_not_take_are_refused(wrong):
    with pytest.raises(ValueError, match="nothing for no limit"):
        parse_count(wrong)
