"""Signing in: at the start, at another Harbor, again when a session has ended; and leaving."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr, ValidationError

from harbortui import address, credentials
from harbortui.api.errors import HarborError
from harbortui.api.signin import SessionAuth
from harbortui.connection import connect
from harbortui.problems import SettingsError, summed
from harbortui.profile import Profile
from harbortui.screens.outliving import outliving
from harbortui.session import Session
from harbortui.settings import add_profile
from harbortui.start import Start
from harbortui.state import State

if TYPE_CHECKING:
    from harbortui.app import HarborApp
    from harbortui.screens.forms import Send
    from harbortui.screens.signin import Again, Somewhere

PATIENCE = 5.0
"""Seconds that a write under way gets when one leaves."""
TYPED = "typed in"
ANOTHER = "another …"


class Arrival:
    """Which Harbor one is at, and the way from one to the next."""

    def __init__(
        self,
        app: HarborApp,
        start: Start,
        settled: Callable[[Session], Awaitable[None]],
    ) -> None:
        self.app, self.start, self.settled = app, start, settled
        self.settings, self.profile = start.settings, start.settings.profile
        self.session: Session | None = None
        self._used: list[SecretStr] = []
        self.problems = [str(one) for one in (*start.settings.problems, *start.problems)]
        """What is wrong with the user's files: said once one is there."""

    @property
    def secrets(self) -> list[SecretStr]:
        """What was signed in with, and what a session is kept with."""
        auth = self.session.harbor.auth if self.session else None
        kept = auth.secrets if isinstance(auth, SessionAuth) else []
        return [*self._used, *kept]

    async def begin(self) -> None:
        """Sign in with what is known, or ask."""
        credential, problem = self.start.credential, " ".join(self.start.problems)
        if self.profile and not (credential or self.start.searched):
            found = await self._found(self.profile)
            credential, problem = found.credential, " ".join((problem, *found.problems)).strip()
            self.problems += found.problems
        if self.profile and credential:
            problem = await self._enter(self.profile, credential)
        if problem or not credential:
            self.ask(self.profile, problem)

    def ask(self, profile: Profile | None, problem: str = "") -> None:
        """The form for a name and a password; without a profile for the address as well."""
        from harbortui import closer
        from harbortui.screens.signin import Again, SignInScreen, Somewhere

        while isinstance(self.app.screen, SignInScreen):
            self.app.pop_screen()
        back = bool(self.session and self.session.ready.is_set())
        if profile is None:
            url = self.start.memory.state.url
            filled = Somewhere.model_construct(url=url, password=SecretStr(""))
            sent, look = self._kept(self._somewhere), closer.looking(self.app, _typed)
            shown = SignInScreen("Sign in", filled, sent, problem, look=look, back=back)
            self.app.push_screen(shown)
            return
        name = profile.username or self.start.memory.state.username
        where = f"Sign in to {profile.name or address.host_port(profile.url)}"
        again = Again.model_construct(username=name, password=SecretStr(""))

        async def send(form: Again) -> str:
            found = credentials.Credential(form.username, form.password, TYPED)
            return await self._enter(profile.model_copy(update={"username": form.username}), found)

        sent, look = self._kept(send), closer.looking(self.app, lambda _: profile)
        shown = SignInScreen(where, again, sent, problem, look=look, back=back)
        shown.insecure = profile.insecure
        self.app.push_screen(shown)

    def _kept(self, send: Callable[[Any], Coroutine[Any, Any, str]]) -> Send:
        """The app carries it out: arriving takes the form away, and what the form has begun."""

        async def sent(form: Any) -> str:
            return await outliving(self.app, send(form), "session")

        return sent

    async def _somewhere(self, form: Somewhere) -> str:
        try:
            profile = Profile(name=form.keep, url=form.url, username=form.username)
        except ValidationError as error:
            return error.errors()[0]["msg"].removeprefix("Value error, ")
        found = credentials.Credential(form.username, form.password, TYPED)
        if problem := await self._enter(profile, found):
            return problem
        if form.keep and self.session:
            try:
                self.settings = add_profile(self.settings, profile)
            except SettingsError as error:
                self.session.say(str(error), "warn")
        return ""

    async def _enter(self, profile: Profile, who: credentials.Credential) -> str:
        """Sign in somewhere and show its overview; returns what is wrong."""
        self._used.append(who.secret)
        transport = self.start.transport() if self.start.transport else None
        try:
            session = await connect(profile, self.start.clock, transport)
        except (HarborError, SettingsError) as error:
            return str(error)
        try:
            await session.sign_in(who.username, who.secret, who.source, profile.authentication)
        except HarborError as error:
            await session.harbor.close()
            return str(error) if transport else await self._told(profile, error)
        await self._arrive(session, profile)
        return ""

    async def _told(self, profile: Profile, error: HarborError) -> str:
        from harbortui import closer

        return await closer.told(profile, error)

    async def _arrive(self, session: Session, profile: Profile) -> None:
        """The new session's overview is the base; the session before ends."""
        await asyncio.to_thread(import_module, "harbortui.screens.overview")
        from harbortui.screens.overview import OverviewScreen

        before, self.session, self.profile = self.session, session, profile
        while len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        await self.app.push_screen(OverviewScreen(session))
        self.app.fit(self.app.size)
        await self.settled(session)
        self._remember(profile, session)
        session.problems = (*(before.problems if before else ()), *self.problems)
        if self.problems:
            session.say(summed(self.problems), "warn")
            self.problems = []
        if before:
            await before.sign_out()

    def _remember(self, profile: Profile, session: Session) -> None:
        known = {"profile": profile.name, "url": profile.url, "username": session.me.username}
        if self.start.transport:
            return

        def change(state: State) -> State:
            return state.model_copy(update=known)

        if notice := self.start.memory.update(change):
            session.say(notice, "warn")

    async def sign_in_again(self) -> None:
        """The session has ended: the password, over the screen one was on, which then goes on."""
        from harbortui.screens.signin import Again, SignInScreen

        session = self.session
        if session is None or isinstance(self.app.screen, SignInScreen):
            return

        async def send(form: Again) -> str:
            self._used.append(form.password)
            way = self.profile.authentication if self.profile else "session"
            try:
                await session.sign_in(form.username, form.password, TYPED, way)
            except HarborError as error:
                return str(error)
            session.say("Signed in again.")
            return ""

        again = Again.model_construct(username=session.me.username, password=SecretStr(""))
        problem = "The session has ended."
        self.app.push_screen(SignInScreen(f"Sign in to {session.where}", again, send, problem))

    async def choose_profile(self) -> None:
        """Another Harbor, without a restart."""
        from harbortui.screens.menu import Entry, Menu

        entries = [
            Entry(profile.name, profile.url, profile.username, profile)
            for profile in self.settings.profiles.values()
        ]
        entries.append(Entry(ANOTHER, "type an address", ""))
        picked = await self.app.push_screen_wait(Menu("Harbor", entries))
        if picked is None or not picked.entries:
            return
        profile: Profile | None = picked.entries[0].value
        if profile is None:
            self.ask(None)
            return
        found = await self._found(profile)
        problem = " ".join(found.problems)
        if found.credential:
            problem = await self._enter(profile, found.credential)
        if problem or not found.credential:
            self.ask(profile, problem)

    async def _found(self, profile: Profile) -> credentials.Found:
        """What is known of a password; a command may ask on the terminal."""
        if not profile.password_command:
            return await asyncio.to_thread(credentials.find, profile, os.environ)
        with self.app.suspend():
            return credentials.find(profile, os.environ)

    async def end(self) -> list[str]:
        """Leave: writes under way get five seconds; what is unknown then is said."""
        session = self.session
        if session is None:
            return []
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await session.harbor.idle.wait()
        unknown = [
            f"The outcome is unknown: {method} {path}. Look before you repeat it."
            for method, path in session.harbor.under_way
        ]
        await session.sign_out()
        return unknown


def _typed(form: Somewhere) -> Profile:
    return Profile(url=form.url, username=form.username)
