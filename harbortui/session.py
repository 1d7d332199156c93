"""Who is signed in where, what they may do, and why not."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import SecretStr

from harbortui.api import identity, signin, system
from harbortui.api.errors import Forbidden, HarborError, Unauthorized
from harbortui.api.harbor import Harbor
from harbortui.api.identity import Me
from harbortui.api.system import SystemInfo
from harbortui.clock import Clock
from harbortui.listeners import Listeners
from harbortui.shown import Tone
from harbortui.stopping import Stops
from harbortui.watch import Watch

if TYPE_CHECKING:
    from harbortui.resources.core import Action, Resource

Way = Literal["session", "basic", "bearer"]
FAREWELL = 1.0
"""Seconds that Harbor gets for signing out."""
READ_ONLY = "read-only: nothing is changed from here"
READING = ("list", "read")
"""Harbor's verbs that change nothing."""
RELATIVE_PROJECT = "."
"""Harbor's noun for the project itself, in permissions asked for relatively."""


class Said(NamedTuple):
    """A sentence on the status line, and when it was said (monotonic seconds)."""

    text: str = ""
    tone: Tone = ""
    at: float = 0.0


class Session:
    """One Harbor and one account; screens wait for `ready` before they ask anything."""

    def __init__(
        self,
        harbor: Harbor,
        clock: Clock,
        *,
        where: str,
        profile: str = "",
        protected: bool = False,
        insecure: bool = False,
        refresh: float = 0.0,
    ) -> None:
        self.harbor, self.clock = harbor, clock
        self.where, self.profile = where, profile
        self.protected, self.insecure, self.refresh = protected, insecure, refresh
        self.source = ""
        """Where the credentials came from, in words."""
        self.way: Way = "session"
        self.me, self.system = Me(), SystemInfo()
        self.ready = asyncio.Event()
        self.fault = False
        """Harbor does not answer."""
        self.fault_since = self.next_try = 0.0
        """Seconds since 1970, by the server's clock."""
        self.said = Said()
        """What has just happened, for the status line of whatever screen is on top."""
        self.changed_at = 0.0
        """When the registry was last changed from here (monotonic seconds)."""
        self.stops = Stops()
        self.used: dict[str, tuple[str, ...]] = {}
        """Filters that were used, by what they were for, the last one first."""
        self.told = Listeners()
        self.problems: tuple[str, ...] = ()
        """What is wrong with the settings."""
        self._granted: dict[int | None, frozenset[tuple[str, str]]] = {}
        self.watch = Watch(clock)
        harbor.assured = self.probe
        clock.offset = lambda: harbor.offset
        harbor.now = clock.now

    def say(self, text: str, tone: Tone = "", *, written: bool = False) -> None:
        """Put a sentence on the status line; `written`: lists should be read again."""
        self.said = Said(text, tone, time.monotonic())
        if written:
            self.changed_at = time.monotonic()
        self.told.news(written)

    def use(self, kind: str, text: str) -> None:
        """A filter is used: it comes first when one looks for it again."""
        if text:
            others = [one for one in self.used.get(kind, ()) if one != text]
            self.used[kind] = (text, *others)
            self.told.used(kind, text)

    def lost(self, wait: float) -> None:
        """Harbor does not answer; it is asked again in `wait` seconds."""
        now = self.clock.now().timestamp()
        if not self.fault:
            self.fault, self.fault_since = True, now
        self.next_try = now + wait

    def found(self) -> None:
        """Harbor has answered."""
        self.fault = False

    @property
    def read_only(self) -> bool:
        """Nothing is ever changed from here."""
        return self.harbor.read_only

    async def sign_in(
        self, username: str, secret: SecretStr, source: str = "", way: Way = "session"
    ) -> None:
        """Sign in, and ask who that is before anything else; raises HarborError when refused."""
        self.ready.clear()
        self.way = way
        if way == "basic":
            self.harbor.auth = signin.BasicAuth(username, secret)
        elif way == "bearer":
            self.harbor.auth = signin.BearerAuth(secret)
        else:
            await signin.open_session(self.harbor, username, secret)
        self.me = await identity.current(self.harbor, username)
        self.system = await system.info(self.harbor)
        self.source = source
        self._granted.clear()
        await self.learn(None)
        self.watch.known()
        self.ready.set()

    async def probe(self, force: bool = False) -> None:
        """Ask again who we are, when that is in doubt or when told. Raises Unauthorized."""
        async with self.watch.asking:
            if self.watch.slept:
                self.watch.wake()
                await self.harbor.renew()
            if not (force or self.watch.doubtful):
                return
            me = await identity.current(self.harbor, self.me.username)
            if me.user_id != self.me.user_id:
                raise Unauthorized("the session is now another account's: sign in again")
            self.me = me
            self.watch.known()

    def refused(self, error: HarborError) -> None:
        """What a refusal may mean: nobody is signed in any more, or somebody else."""
        if isinstance(error, Unauthorized):
            self.told.ended()
        elif isinstance(error, Forbidden):
            self.watch.doubt()

    async def sign_out(self) -> None:
        """End the session on the server, if it answers soon; nothing is asked from then on."""
        self.ready.clear()
        with suppress(HarborError, TimeoutError):
            async with asyncio.timeout(FAREWELL):
                await signin.close_session(self.harbor)
        await self.harbor.close()

    async def learn(self, project_id: int | None) -> None:
        """Load what may be done in a project; until then everything counts as allowed.

        Harbor does not say what a robot may do in the system.
        """
        untold = self.me.is_robot and project_id is None
        if project_id in self._granted or self.me.is_admin or untold:
            return
        self._granted[project_id] = await identity.permissions(self.harbor, project_id)

    async def reread(self) -> None:
        """What Harbor says of itself, read anew."""
        self.system = await system.info(self.harbor)

    def granted(self, project_id: int | None) -> frozenset[tuple[str, str]]:
        """Permissions as (noun, verb), of a project or of the system, as far as they are known."""
        return self._granted.get(project_id, frozenset())

    def may(self, project_id: int | None, noun: str, verb: str) -> bool:
        """Whether the account has a permission; what is not known yet is allowed."""
        if self.me.is_admin or not noun:
            return True
        granted = self._granted.get(project_id)
        if granted is None:
            return True
        if noun == "project" and project_id is not None:
            noun = RELATIVE_PROJECT
        return (noun, verb) in granted

    def older_than(self, version: str) -> bool:
        """Whether this Harbor is older; one that does not say its version is not."""
        if not version or not self.system.version:
            return False
        return self.system.version < tuple(int(part) for part in version.split("."))


def refusal(
    session: Session,
    resource: Resource[Any, Any],
    verb: str,
    item: Any = None,
    scope: Any = None,
    action: Action[Any] | None = None,
) -> str:
    """Why this cannot be done; empty: it can. The only judge of keys, menus and footer.

    `verb` is Harbor's: create, update, delete, list; reading the list itself is `list`.
    """
    if session.older_than(since := (action.since if action else "") or resource.since):
        return f"needs Harbor {since} or later"
    if resource.admin and not session.me.is_admin and not session.me.is_robot:
        return "for system administrators only"
    if verb not in READING or (action and action.form):
        if session.read_only:
            return READ_ONLY
        if session.system.read_only and not resource.writable:
            return "the registry is read-only (R ends it)"
    noun = (action.needs if action else "") or resource.needs
    project_id = resource.project_of(item if item is not None else scope)
    if not session.may(project_id, noun, verb):
        what = resource.heading if noun == resource.needs else f"{noun}s".replace("-", " ")
        return f"{session.me.username} may not {verb} {what} here"
    asked = action.name if action else verb
    return resource.against(session.me, session.system, asked, item) or _own_reason(
        session.me, resource, verb, item, scope, action
    )


def _own_reason(
    me: Me,
    resource: Resource[Any, Any],
    verb: str,
    item: Any,
    scope: Any,
    action: Action[Any] | None,
) -> str:
    """What the kind itself has against it."""
    if action is None and verb == "create":
        return resource.closed(me, scope)
    if item is None:
        return ""
    if action is not None:
        return action.unless(item)
    if verb == "delete":
        return resource.stays(item)
    return resource.fixed(item) if verb == "update" else ""
