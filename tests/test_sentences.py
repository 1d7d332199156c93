"""What lists, questions and messages say, where a word of ours would not be one of English."""

from harbortui.demo import DemoHarbor

from .console import console, go, lines, type_in, until, words


async def test_sentences_name_things_by_their_plural(demo: DemoHarbor) -> None:
    async with console(demo, ":find abcdef99") as pilot:
        await until(pilot, lambda: "0 artifacts" in lines(pilot.app)[1])
        await go(pilot, ":project-artifacts sandbox")
        await pilot.press("space", "space", "D")
        await until(pilot, lambda: "Delete 2 artifacts?" in words(pilot.app))
        await pilot.press("escape")
        await go(pilot, ":gc")
        await pilot.press("slash")
        await type_in(pilot, "zz")
        await until(pilot, lambda: "No garbage collections match /zz" in words(pilot.app))


async def test_questions_say_what_goes_and_what_stays(demo: DemoHarbor) -> None:
    async with console(demo, ":members payments") as pilot:
        await pilot.press("D")
        await until(pilot, lambda: "No longer project administrator in pay" in words(pilot.app))
        assert "Only the role goes" in words(pilot.app)
        await pilot.press("escape")
        await go(pilot, ":labels")
        await pilot.press("D")
        await until(pilot, lambda: "It is taken off all artifacts." in words(pilot.app))
        await pilot.press("escape")
        await go(pilot, ":schedules")
        await pilot.press("b")
        await until(pilot, lambda: "Pause or resume all schedules?" in words(pilot.app))
        assert "{}" not in words(pilot.app)


async def test_where_there_are_no_presets_their_key_is_grey_and_says_so(demo: DemoHarbor) -> None:
    async with console(demo, ":quotas") as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: "(f)  " in words(pilot.app))
        await pilot.press("escape", "f")
        await until(pilot, lambda: "there are no presets for quotas" in words(pilot.app))


async def test_crumbs_and_menus_say_things_once_and_whole(demo: DemoHarbor) -> None:
    async with console(demo, ":history payments/api:v40") as pilot:
        await pilot.press("d")
        await until(pilot, lambda: "build steps › build step 1" in lines(pilot.app)[1])
        await pilot.press("colon")
        await until(pilot, lambda: "THINGS" in words(pilot.app))
        assert "…" not in "".join(row[13:100] for row in lines(pilot.app)[6:] if ":find" not in row)
