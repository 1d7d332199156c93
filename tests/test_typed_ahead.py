"""What is typed in one burst arrives where it was meant to."""

from textual.events import Key

from harbortui.demo import DemoHarbor

from .console import console, lines, until, words


async def test_a_place_typed_in_one_burst_is_gone_to(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        await pilot.press("colon", *"users", "enter")
        await until(pilot, lambda: lines(pilot.app)[1].strip().startswith("overview › users"))


async def test_an_alias_is_as_good_as_the_name(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        await pilot.press("colon", *"settings", "enter")
        await until(pilot, lambda: "Who creates projects" in words(pilot.app))


async def test_a_filter_typed_in_one_burst_is_a_filter(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        await pilot.press("slash", *"edge", "enter")
        await until(pilot, lambda: "filter /edge" in words(pilot.app))


async def test_a_place_typed_without_a_pause_is_gone_to(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        for place in ("robots", "projects", "users"):
            pilot.app.post_message(Key("colon", ":"))
            for letter in place:
                pilot.app.post_message(Key(letter, letter))
            pilot.app.post_message(Key("enter", "\r"))
            way = f"overview › {place}"
            await until(pilot, lambda way=way: lines(pilot.app)[1].strip().startswith(way))


async def test_a_new_password_typed_without_a_pause_fills_each_field(demo: DemoHarbor) -> None:
    async with console(demo, ":users") as pilot:
        await pilot.press("slash", *"alice", "enter")
        await until(pilot, lambda: "filter /alice" in words(pilot.app))
        await pilot.press("p")
        await until(pilot, lambda: "Repeat it" in words(pilot.app))
        for word in ("Newer1Password", "Newer1Password"):
            for letter in word:
                pilot.app.post_message(Key(letter, letter))
            pilot.app.post_message(Key("tab", "\t"))
        await until(pilot, lambda: words(pilot.app).count("••••••••••••••") == 2)
        assert "•" * 15 not in words(pilot.app)
