"""The audit log on the screen: followed, walked, filtered, searched."""

from harbortui.demo import DemoHarbor

from .console import console, lines, type_in, until, words


async def test_the_newest_is_at_the_bottom_and_is_followed(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await until(pilot, lambda: "following" in lines(pilot.app)[1])
        demo.record("alice", "delete", "project", "fresh-project")
        await pilot.press("r")
        await until(pilot, lambda: "fresh-project" in words(pilot.app))
        last = [line for line in lines(pilot.app) if line.startswith("▌")]
        assert "fresh-project" in last[0]


async def test_who_moves_up_is_told_what_is_new_and_G_follows_again(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await until(pilot, lambda: "following" in lines(pilot.app)[1])
        await pilot.press("k", "k")
        demo.record("alice", "delete", "project", "fresh-project")
        await pilot.press("r")
        await until(pilot, lambda: "+1 new" in lines(pilot.app)[1])
        await pilot.press("G")
        await until(pilot, lambda: "following" in lines(pilot.app)[1])
        assert "fresh-project" in words(pilot.app)


async def test_a_filter_shows_only_what_fits(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await pilot.press("slash")
        await type_in(pilot, "user:alice op:delete")
        await pilot.press("enter")
        await until(pilot, lambda: "delete failed" in words(pilot.app))
        rows = [line for line in lines(pilot.app)[4:36] if line[3:5].isdigit()]
        assert rows
        assert all("alice" in row and "delete" in row for row in rows)
        await pilot.press("escape")
        await until(pilot, lambda: "user:alice" not in lines(pilot.app)[1])


async def test_a_mistake_reads_nothing_and_says_what_would_be_right(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await pilot.press("slash")
        await type_in(pilot, "operation:delete")
        await pilot.press("enter")
        await until(pilot, lambda: "there is no key" in words(pilot.app))
        demo.requests.clear()
        await pilot.press("r", "F")
        assert not [one for one in demo.requests if "auditlog" in one]


async def test_home_goes_to_the_oldest_event(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await pilot.press("g")
        await until(pilot, lambda: "0 % of the log" in words(pilot.app))


async def test_a_search_goes_to_the_next_hit(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await pilot.press("s")
        await type_in(pilot, "partner-globex")
        await pilot.press("enter")
        await until(
            pilot,
            lambda: any(
                line.startswith("▌") and "partner-globex" in line for line in lines(pilot.app)
            ),
        )


async def test_every_request_is_bounded(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await pilot.press("g")
        await until(pilot, lambda: "0 % of the log" in words(pilot.app))
        asked = [one for one in demo.requests if "auditlog" in one and "page_size=1&" not in one]
        assert asked
        assert all("id%253D" in one or "op_time" in one for one in asked)


async def test_details_say_what_harbor_does_not_record(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await pilot.press("d")
        await until(pilot, lambda: "does not record from which address" in words(pilot.app))


async def test_the_events_of_a_thing_open_on_its_list(demo: DemoHarbor) -> None:
    async with console(demo, ":users") as pilot:
        await pilot.press("j", "a", "enter")
        await until(pilot, lambda: "audit log" in lines(pilot.app)[1])
        assert "users" in lines(pilot.app)[1]
