"""What would let hostile text act, a secret leave, a request go astray or a change be lost."""

from . import listed

TESTS = {
    "text": ("tests/test_text.py",),
    "sinks": ("tests/test_sinks.py",),
    "retry": ("tests/test_harbor.py", "tests/test_wire.py"),
    "origin": ("tests/test_wire.py", "tests/test_doctor.py"),
    "secrets": ("tests/test_secrets.py", "tests/test_credentials.py"),
    "pin": ("tests/test_pinning.py",),
    "two": ("tests/test_two_administrators.py",),
}

MUTANTS = listed(
    """
# text harbortui/text.py: marks may tower
-MARKS = 3
+MARKS = 3000

# text harbortui/text.py: the length is no limit
-LIMIT = 2000
+LIMIT = 2_000_000

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

# origin harbortui/api/wire.py: redirects are followed
-        follow_redirects=False,
+        follow_redirects=True,

# origin harbortui/doctor/docker.py: the password goes wherever the realm says
-            if not _same(realm, url):
+            if not _same(realm, url) and not realm:

# secrets harbortui/widgets/fields.py: a masked line can be copied
-    kind = Masked if secret else Input
+    kind = Input

# secrets harbortui/app.py: reports do not know the passwords in use
-        return self.navigator.arrival.secrets if self.navigator else ()
+        return ()

# secrets harbortui/programs.py: programs see our variables
-    return {name: value for name, value in environ.items() if not name.startswith("HARBORTUI_")}
+    return dict(environ)

# secrets harbortui/cli.py: core dumps are written
-    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the password
+    resource.getrlimit(resource.RLIMIT_CORE)

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
"""
)
