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
        "tests/test_secrets.py",
        "tests/test_secrets_installed.py",
    ),
    "pin": ("tests/test_pinning.py",),
    "two": ("tests/test_two_administrators.py",),
    "back": ("tests/test_carry_out.py", "tests/test_doors.py", "tests/test_writes.py"),
    "identity": ("tests/test_identity_watch.py",),
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
-        if session.stop.is_set() or in_a_row >= IN_A_ROW:
+        if in_a_row >= IN_A_ROW:

# back harbortui/screens/changes.py: errors in a row do not end it
-        if session.stop.is_set() or in_a_row >= IN_A_ROW:
+        if session.stop.is_set():

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
""",
    TESTS,
)
