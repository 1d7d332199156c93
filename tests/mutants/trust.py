"""What would let hostile text act, a secret leave or a request go astray."""

from . import listed

TESTS = {
    "text": ("tests/test_text.py",),
    "sinks": ("tests/test_sinks.py",),
    "origin": (
        "tests/test_wire.py",
        "tests/test_wire_strange.py",
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
    "sizes": ("tests/test_terminal_sizes.py",),
    "files": ("tests/test_exports.py",),
    "address": ("tests/test_address.py", "tests/test_config_file.py", "tests/test_settings.py"),
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

# address harbortui/address.py: a password may stand in an address
-    if "@" in parts.netloc:
+    if "@" in parts.path:

# address harbortui/profile.py: passwords go over http
-        if address.is_open(self.url) and not self.allow_http:
+        if address.is_open(self.url) and not self.url:
""",
    TESTS,
)
