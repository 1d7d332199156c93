"""What would let hostile text act, a secret leave, a request go astray or a change be lost."""

from . import listed

TESTS = {
    "text": ("tests/test_text.py",),
    "sinks": ("tests/test_sinks.py",),
    "retry": ("tests/test_harbor.py", "tests/test_wire.py", "tests/test_writes.py"),
    "origin": (
        "tests/test_wire.py",
        "tests/test_doctor.py",
        "tests/test_model.py",
        "tests/test_cookies.py",
    ),
    "secrets": (
        "tests/test_crash.py",
        "tests/test_paths.py",
        "tests/test_credentials.py",
        "tests/test_docker_credentials.py",
        "tests/test_keyring.py",
        "tests/test_secrets.py",
        "tests/test_secrets_installed.py",
        "tests/test_revealed.py",
    ),
    "sources": (
        "tests/test_credentials.py",
        "tests/test_docker_credentials.py",
        "tests/test_keyring.py",
        "tests/test_programs.py",
    ),
    "pin": ("tests/test_pinning.py", "tests/test_known_servers.py"),
    "kept": ("tests/test_kept.py", "tests/test_model.py", "tests/test_rule_forms.py"),
    "same": ("tests/test_robot_changes.py", "tests/test_project_settings.py"),
    "sizes": ("tests/test_terminal_sizes.py",),
    "files": ("tests/test_exports.py",),
    "asked": ("tests/test_confirm.py",),
    "typed": (
        "tests/test_typed_ahead.py",
        "tests/test_form_sending.py",
        "tests/test_signin.py",
        "tests/test_session_ended.py",
    ),
    "address": ("tests/test_address.py", "tests/test_config_file.py", "tests/test_settings.py"),
    "two": ("tests/test_two_administrators.py",),
    "back": ("tests/test_carry_out.py", "tests/test_doors.py", "tests/test_writes.py"),
    "identity": ("tests/test_identity_watch.py",),
    "traced": ("tests/test_traced.py",),
    "places": ("tests/test_timeouts.py",),
    "calm": ("tests/test_terminal_calm.py",),
}

MUTANTS = listed(
    r"""
# text harbortui/text.py: marks may tower
-MARKS = 3
+MARKS = 3000

# text harbortui/text.py: the length is no limit
-LIMIT = 2000
+LIMIT = 2_000_000

# text harbortui/text.py: what cannot be seen is left alone
-    return char.isprintable() and not INVISIBLE.match(char) and not _is_mark(char)
+    return char.isprintable() and not _is_mark(char)

# text harbortui/text.py: what a terminal acts on is left alone
-    return char.isprintable() and not INVISIBLE.match(char) and not _is_mark(char)
+    return not INVISIBLE.match(char) and not _is_mark(char)

# text harbortui/text.py: line feeds are kept everywhere
-        elif multiline and token in "\n\t":
+        elif token in "\n\t":

# sinks harbortui/widgets/frame.py: the frame draws what it is given
-    return (Part(safe(part.text, limit=LONGEST), part.tone) for part in found)
+    return (Part(part.text, part.tone) for part in found)

# sinks harbortui/widgets/button.py: a button says what it is given
-        self.label = safe(label, limit=80)
+        self.label = label

# retry harbortui/api/harbor.py: a read is tried for ever
-TRIES = 3
+TRIES = 300

# traced harbortui/api/errors.py: what cannot be read names no request
-        error.request_id = response.headers.get("x-request-id", "")
+        error.request_id = ""

# places harbortui/api/harbor.py: writes are never made on new connections
-        once = partial(wire.client, transport, verify, keep=0, silence=wire.WRITE_LIMIT)
-        self._writes = Connections(once)
+        made = wire.client(transport, verify, keep=0, silence=wire.WRITE_LIMIT)
+        self._writes = Connections(lambda: made)

# calm harbortui/terminal/calm.py: it is never calm
-            calm = monotonic() - self._heard_at > CALM_S
+            calm = False

# retry harbortui/api/harbor.py: a read-only profile writes
-        if self.read_only:
+        if self.read_only and not path:

# retry harbortui/api/harbor.py: how long Harbor wants to be left alone does not matter
-    if isinstance(error, TooMany) and error.wait:
+    if isinstance(error, TooMany) and not error.wait:

# retry harbortui/api/harbor.py: a wrong name is tried again
-    if isinstance(error, Unreachable) and error.final:
+    if isinstance(error, Unreachable) and not error.final:

# retry harbortui/api/harbor.py: a refusal is asked for again
-            except (Unreachable, TooMany, ServerFault) as error:
+            except HarborError as error:

# retry harbortui/api/harbor.py: the same change is sent twice at a time
-        if (method, path) in self.under_way:
+        if (method, path) in ():

# retry harbortui/api/diagnosis.py: a write that was cut off counts as not sent
-UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
+UNSENT = (httpx.TransportError, httpx.UnsupportedProtocol)

# retry harbortui/api/harbor.py: what a proxy says of a write is believed
-            if error.status not in PASSING:
+            if error.status:

# origin harbortui/api/wire.py: redirects are followed
-        follow_redirects=False,
+        follow_redirects=True,

# origin harbortui/doctor/docker.py: the password goes wherever the realm says
-        if not _same(realm, url):
+        if not realm:

# origin harbortui/api/model.py: two dots are a name
-    if name in {"", ".", ".."}:
+    if not name:

# origin harbortui/api/wire.py: cookies are kept, and sent to other ports
-    made.cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
+    made.cookies = CookieJar(DefaultCookiePolicy())

# origin harbortui/api/wire.py: an answer may be of any length
-    limit = limit if response.is_success else ERROR_LIMIT
+    limit = limit * 1000 if response.is_success else ERROR_LIMIT

# secrets harbortui/widgets/fields.py: a masked line can be copied
-    kind = Masked if secret else Line
+    kind = Line

# secrets harbortui/app.py: reports do not know the passwords in use
-        return self.navigator.arrival.secrets if self.navigator else ()
+        return ()

# secrets harbortui/programs.py: programs see our variables
-    return {name: value for name, value in environ.items() if not name.startswith("HARBORTUI_")}
+    return dict(environ)

# secrets harbortui/cli.py: core dumps are written
-    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the password
+    resource.getrlimit(resource.RLIMIT_CORE)

# secrets harbortui/crash.py: reports hold local variables
-    frames = traceback.extract_tb(error.__traceback__, limit=-50)
+    walked = traceback.walk_tb(error.__traceback__)
+    frames = traceback.StackSummary.extract(walked, capture_locals=True)

# secrets harbortui/crash.py: reports repeat secrets
-            text = text.replace(safe(form), HIDDEN)
+            text = text.replace(HIDDEN, safe(form))

# secrets harbortui/paths.py: others can read what is written
-        number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
+        number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)

# secrets harbortui/paths.py: a secret that others can read is taken
-    if found.st_mode & 0o077:
+    if found.st_mode & 0o007:

# secrets harbortui/credentials/docker.py: an identity token is taken for a password
-    if username == TOKEN:
+    if secret == TOKEN:

# secrets harbortui/credentials/docker.py: not to know a password is an error
-    if ended.code and UNKNOWN in ended.output.lower():
+    if ended.code and UNKNOWN in ended.output.upper():

# secrets harbortui/credentials/docker.py: the file is read beside a program
-    if _program(config, _keys(profile))[0]:
+    if not _keys(profile):

# pin harbortui/screens/pinning.py: any digits will do
-        if event.value.strip().lower() == self.sha256[:DIGITS]:
+        if event.value:

# pin harbortui/connection.py: a changed certificate is taken
-    if known.judge(server, found) != "same":
+    if known.judge(server, found) == "unknown":

# two harbortui/api/labels.py: a label is judged by nothing
-    unless_changed(label.name, before, after, _form(made(Label, now)))
+    _form(made(Label, now))

# two harbortui/api/configuration.py: a setting is overwritten
-    if same(was, is_now):
+    if same(was, was):

# back harbortui/screens/changes.py: nothing is read back
-    if isinstance(error, UnknownOutcome):
+    if isinstance(error, UnknownOutcome) and not step.happened:

# back harbortui/screens/changes.py: one look is enough to say that it was not done
-LOOKS, PAUSE = 3, 2.0
+LOOKS, PAUSE = 1, 2.0

# back harbortui/screens/changes.py: a look that failed counts
-            if step.happened and await step.happened():
+            looks += 1
+            if step.happened and await step.happened():
-            looks += 1
-        except HarborError as second:
+        except HarborError as second:

# back harbortui/screens/changes.py: what was not seen was not done
-    if step.happened and looks == LOOKS:
+    if looks < LOOKS:

# back harbortui/screens/changes.py: ctrl+c does not stop it
-        if stopped() or in_a_row >= IN_A_ROW:
+        if in_a_row >= IN_A_ROW:

# back harbortui/screens/changes.py: errors in a row do not end it
-        if stopped() or in_a_row >= IN_A_ROW:
+        if stopped():

# back harbortui/screens/changes.py: without rights the rest is tried
-    return IN_A_ROW if isinstance(error, (Unauthorized, Forbidden)) else 1
+    return IN_A_ROW if isinstance(error, Unauthorized) else 1

# back harbortui/api/harbor.py: a write that got no answer failed
-            raise UnknownOutcome(f"the change may have been made, or not: {error}") from error
-        except ServerFault as error:
+            raise
+        except ServerFault as error:

# identity harbortui/session.py: a sleep is not noticed
-            if self.watch.slept:
+            if self.watch.slept and force:

# identity harbortui/session.py: another account's session is gone on with
-            if me.user_id != self.me.user_id:
+            if me.user_id != me.user_id:

# identity harbortui/api/harbor.py: a change does not ask who we are
-        await self.assured()
+        await _at_once()

# identity harbortui/watch.py: a refusal raises no doubt
-        self._known = float("-inf")
+        self._known = self._known

# text harbortui/text.py: letters that look like others are not odd
-    return any(not word.isascii() and word.translate(SKELETON).isascii() for word in words)
+    return not words

# text harbortui/text.py: what is odd in a name is not told
-        if not " " <= char <= "~" or (char == " " and place in edges)
+        if not " " <= char

# sizes harbortui/terminal/driver.py: a size that is older is told last
-            self.loop.call(resize, number, None)
+            resize(number, None)

# files harbortui/exports.py: a file is named by strangers
-    stem = _OTHER.sub("-", what.casefold()).strip("-")[:60] or "text"
+    stem = what[:60] or "text"

# asked harbortui/screens/confirm.py: a long name is cut
-        longer = cell_len(question.title) > min(TITLE, self.app.size.width - EDGES)
+        longer = cell_len(question.title) > 1000

# sinks harbortui/screens/confirm.py: a question is titled as it comes
-            dialog.border_title = Content(safe(question.title, limit=200))
+            dialog.border_title = Content(question.title)

# secrets harbortui/terminal/start.py: Textual logs what is typed
-        os.environ.pop(name, None)
+        os.environ.get(name)

# secrets harbortui/api/signin.py: cookies are logged
-logging.getLogger("httpcore").setLevel(logging.INFO)
+logging.getLogger("httpcore").setLevel(logging.DEBUG)

# secrets harbortui/widgets/fields.py: a secret is shown while it is typed
-    return kind(text, password=secret, compact=True, max_length=LONGEST)
+    return kind(text, password=False, compact=True, max_length=LONGEST)

# secrets harbortui/api/form.py: a form that is refused repeats what is in it
-    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, defer_build=True)
+    model_config = ConfigDict(frozen=True, hide_input_in_errors=False, defer_build=True)

# secrets harbortui/api/model.py: an answer that is refused is repeated
-        extra="ignore", frozen=True, hide_input_in_errors=True, defer_build=True
+        extra="ignore", frozen=True, hide_input_in_errors=False, defer_build=True

# secrets harbortui/crashing.py: after a bug all is well
-        self.crashed = True
+        self.crashed = False

# sources harbortui/credentials/__init__.py: the password stays in the environment
-    secret = environ.pop("HARBORTUI_PASSWORD", "")
+    secret = environ.get("HARBORTUI_PASSWORD", "")

# sources harbortui/credentials/__init__.py: somebody else's password is tried
-        if entry and entry.username not in {"", profile.username or entry.username}:
+        if entry and entry.username == profile.username == "":

# sources harbortui/credentials/given.py: a password file may be open to others
-        if open_to_others := paths.exposed(path):
+        if open_to_others := paths.exposed(path) and "":

# sources harbortui/credentials/given.py: what a failed command wrote is a password
-    if ended.code:
+    if ended.code and not ended.output:

# sources harbortui/programs.py: what a program wrote is in its picture
-        return f"Ended({self.code}, {len(self.output)} bytes)"
+        return f"Ended({self.code}, {self.output!r})"

# pin harbortui/known_servers.py: a pin is good for every server
-        return tuple(pin for pin in self.pins if pin.server == server)
+        return self.pins

# pin harbortui/known_servers.py: anyone may add pins
-        if open_to_others := paths.changeable(path):
+        if open_to_others := paths.changeable(path) and "":

# pin harbortui/screens/pinning.py: one digit will do
-        if event.value.strip().lower() == self.sha256[:DIGITS]:
+        if event.value.strip().lower()[:1] == self.sha256[:1]:

# pin harbortui/connection.py: the authorities are believed beside the pin
-    return only if only is not None else await asyncio.to_thread(_verify, profile)
+    return await asyncio.to_thread(_verify, profile)

# kept harbortui/api/exact.py: numbers lose digits
-        return json.loads(text.decode(), parse_float=Exact)
+        return json.loads(text.decode())

# kept harbortui/api/rule_changes.py: a masked secret is sent back
-        sent[side] = {"id": number} if number else None
+        sent[side] = rule.get(side) if number else None

# kept harbortui/api/rule_writes.py: what is not known of a filter is lost
-    return [*filters[:at], *([filters[at] | new] if new else []), *filters[at + 1 :]]
+    return [*filters[:at], *([new] if new else []), *filters[at + 1 :]]

# kept harbortui/api/rule_writes.py: what is not known of a trigger is lost
-    return {name: value for name, value in kept.items() if name != "trigger_settings"} | new
+    return new

# kept harbortui/api/robot_changes.py: a robot is replaced by what is known
-    await harbor.write("PUT", at(robot), {**found, **fields})
+    await harbor.write("PUT", at(robot), {**robot.model_dump(), **fields})

# kept harbortui/api/project_settings.py: what is not known of an allowlist is lost
-    own = {name: value for name, value in kept.items() if name != "expires_at"}
+    own: dict[str, Any] = {}

# kept harbortui/api/labels.py: a label is replaced by what was filled in
-    await harbor.write("PUT", path(label), {**now, **changed(before, after)})
+    await harbor.write("PUT", path(label), after)

# same harbortui/api/robot_changes.py: another robot with the same number is changed
-    if (found.get("name"), found.get("level")) != (robot.name, robot.level):
+    if not found:

# same harbortui/api/projects.py: another project with the same name is changed
-    if fresh.project_id != project.project_id:
+    if fresh.name != project.name:

# two harbortui/api/project_settings.py: a project is judged by nothing
-    unless_changed(project.name, before, after, settings(now))
+    settings(now)

# two harbortui/api/robot_edit.py: a robot is judged by nothing
-    unless_changed(robot.name, before, after, filled(fresh))
+    filled(fresh)

# two harbortui/api/registry_forms.py: a registry is judged by nothing
-    unless_changed(now.name, before, after, _form(now))
+    _form(now)

# two harbortui/api/rule_writes.py: a rule is judged by nothing
-    unless_changed(now.name, before, after, form(model.made(Rule, kept)))
+    form(model.made(Rule, kept))

# two harbortui/api/changes.py: what somebody else wrote is not looked at
-        if is_now in (was, wanted):
+        if is_now == is_now:

# asked harbortui/screens/confirm.py: what was typed before it was read counts
-DEAF = 0.4
+DEAF = 0.0

# asked harbortui/screens/confirm.py: yes has the focus
-    AUTO_FOCUS = "Input, #cancel"
+    AUTO_FOCUS = "Input, #go"

# asked harbortui/screens/confirm.py: no name needs to be typed
-            yield Button(verb, "go", allowed=not word)
+            yield Button(verb, "go", allowed=True)

# typed harbortui/screens/forms.py: enter sends again what is being sent
-        if not self.sending and (form := self.judged()):
+        if form := self.judged():

# typed harbortui/screens/forms.py: enter held down sends again what was refused
-        if not held:
+        if held or not held:

# typed harbortui/screens/filling.py: what is typed before ctrl+s is not saved
-            if control.call_later(done.set):
+            if not control:

# typed harbortui/widgets/line.py: a slip is taken back too late
-    action = _bound(type(widget)).get(event.key)
+    action = _bound(type(widget)).get("")

# typed harbortui/screens/signin.py: a form still says that the session has ended
-        if result and isinstance(self.app.screen, FormScreen):
+        if not result and isinstance(self.app.screen, FormScreen):

# address harbortui/address.py: a password may stand in an address
-    if "@" in parts.netloc:
+    if "@" in parts.path:

# address harbortui/profile.py: passwords go over http
-        if address.is_open(self.url) and not self.allow_http:
+        if address.is_open(self.url) and not self.url:
""",
    TESTS,
)
