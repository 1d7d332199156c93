"""What would let a change be lost, made twice, or made without being wanted."""

from . import listed

TESTS = {
    "retry": (
        "tests/test_harbor.py",
        "tests/test_wire.py",
        "tests/test_wire_strange.py",
        "tests/test_writes.py",
    ),
    "kept": ("tests/test_kept.py", "tests/test_model.py", "tests/test_rule_forms.py"),
    "same": ("tests/test_robot_changes.py", "tests/test_project_settings.py"),
    "asked": ("tests/test_confirm.py",),
    "typed": (
        "tests/test_typed_ahead.py",
        "tests/test_form_sending.py",
        "tests/test_signin.py",
        "tests/test_session_ended.py",
    ),
    "two": ("tests/test_two_administrators.py",),
    "back": (
        "tests/test_carry_out.py",
        "tests/test_unknown_outcomes.py",
        "tests/test_doors.py",
        "tests/test_writes.py",
    ),
    "identity": ("tests/test_identity_watch.py",),
}

MUTANTS = listed(
    r"""
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

# asked harbortui/screens/confirm.py: a long name is cut
-        longer = cell_len(question.title) > min(TITLE, self.app.size.width - EDGES)
+        longer = cell_len(question.title) > 1000

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
