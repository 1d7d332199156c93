"""Where nobody looks at certificates, every screen says so in red."""

from __future__ import annotations

from typing import Any

from textual.widget import Widget

from harbortui.demo import DemoHarbor
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.resource import screen_for

from .console import app_over, console, go, lines, until, words
from .counting import Count
from .talking import talk
from .test_resources import scopes

SAYS = "TLS NOT VERIFIED"


def is_red(widget: Widget) -> bool:
    """More red than anything else."""
    red, green, blue = widget.styles.background.rgb
    return red > 1.5 * max(green, blue)


async def test_every_screen_says_in_red_that_certificates_are_not_looked_at(
    demo: DemoHarbor, count: Count
) -> None:
    found = await scopes(talk(demo))
    async with console(demo, insecure=True) as pilot:
        app: Any = pilot.app
        for place in ("", "logs", "status"):
            if place:
                await go(pilot, f":{place}")
            await until(pilot, lambda: SAYS in lines(app)[0])
            assert is_red(app.screen.head)
        some = RESOURCES[::12]  # they share their frame
        for resource in some:
            scope = found[resource.name][0]
            await app.push_screen(screen_for(resource)(app.navigator.session, scope))
            await until(pilot, lambda: SAYS in lines(app)[0])
            assert is_red(app.screen.head)
            app.pop_screen()
        count("screens that say that TLS is not verified", 3 + len(some))


async def test_a_password_is_asked_for_in_red_where_it_may_go_to_anybody(demo: DemoHarbor) -> None:
    demo.passwords["admin"] = "another-Aa1"
    app: Any = app_over(demo, insecure=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: f"· {SAYS}" in words(app))
        assert app.screen.query_one(".dialog").has_class("danger")
        app.rest()
