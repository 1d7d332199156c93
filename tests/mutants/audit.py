"""What the audit log engine must not do: the mistakes of other tails first."""

from . import listed

MACHINES = "tests/test_audit_machines.py::"
TESTS = {
    "tail": (
        "tests/test_audit_tail.py",
        "tests/test_audit_rewind.py",
        f"{MACHINES}TestFollowing",
    ),
    "look": (f"{MACHINES}TestLooking",),
    "read": ("tests/test_audit_reading.py",),
    "file": ("tests/test_audit_export.py",),
    "walk": ("tests/test_audit_walk.py", f"{MACHINES}TestWalking"),
}

MUTANTS = listed(
    """
# tail harbortui/audit/tail.py: it asks for ids above the highest one seen
-        began = self.now()
+        return Pass(self.now(), [], self.top + 1)

# tail harbortui/audit/tail.py: it has no grace
-        while self.marks and self.marks[0].at + self.grace <= began:
+        while self.marks and self.marks[0].at <= began:

# tail harbortui/audit/tail.py: it pages by offset
-        answer = await self.reader.rising(turn.cursor)
+        from harbortui.audit.reader import Answer, both
+        self.skip = getattr(self, "skip", 0)
+        q = both(f"id=[{self.settled + 1}~]", *self.reader.queries)
+        page = await self.reader.log.ask(q, "id", self.reader.page, self.skip)
+        full = len(page.events) == self.reader.page
+        self.skip = self.skip + len(page.events) if full else 0
+        answer = Answer(page.events, page.events[-1].id if page.events else 0, full)

# tail harbortui/audit/tail.py: it settles after a poll that failed
-            self.checks.troubled = True
+            self._settle(self.now())

# tail harbortui/audit/tail.py: it settles in the middle of a pass
-                return True
-        return False
+                return True
+        self._settle(turn.began)
+        return False

# tail harbortui/audit/tail.py: it counts the grace to the end of a pass
-                self._settle(turn.began)
+                self._settle(self.now())

# tail harbortui/audit/tail.py: it stamps marks when the request is sent
-        answer = await self.reader.rising(turn.cursor)
+        sent = self.now()
+        answer = await self.reader.rising(turn.cursor)
-            self._mark(answer.edge)
+            self.marks.append(Mark(sent, answer.edge))

# tail harbortui/audit/tail.py: it delivers again what it reads again
-            if event.id > self.settled and known is None:
+            if event.id > self.settled:

# tail harbortui/audit/tail.py: it does not ask for holes
-                return Pass(began, holes, self.top + 1)
+                return Pass(began, [], self.top + 1)

# tail harbortui/audit/tail.py: it settles what it had no patience to read
-            return Pass(NEVER, [], self.top + 1)
+            return Pass(began, [], self.top + 1)

# tail harbortui/audit/tail.py: filtered, it takes gaps for settled
-        while self.reader.dense and settled + 1 in self.seen:
+        while settled + 1 <= max(self.seen, default=0):

# tail harbortui/audit/tail.py: it keeps the grace that was too short
-            self.grace = self.checks.longer(self.grace)
+            self.grace += 0

# tail harbortui/audit/checks.py: it does not count again after an error
-        return self.troubled or now - self._checked >= EVERY
+        return now - self._checked >= EVERY

# tail harbortui/audit/checks.py: what was purged counts as a restored database
-        if self.reader.everything and any(time > moment - HOUR + APART for time in gone):
+        if self.reader.everything and gone:

# tail harbortui/audit/checks.py: what one may not see any more counts as a restored database
-        if self.reader.everything and any(time > moment - HOUR + APART for time in gone):
+        if any(time > moment - HOUR + APART for time in gone):

# tail harbortui/audit/checks.py: a restored database whose ids are missing is not noticed
-        if self.reader.everything and any(time > moment - HOUR + APART for time in gone):
+        if not gone and not known:

# tail harbortui/audit/checks.py: a restored database with other events is not noticed
-        if any(known[number] != time for number, time in there.items()):
+        if any(known[number] > time for number, time in there.items()):

# tail harbortui/audit/checks.py: a restored database whose ids are behind is not noticed
-        return newer is not None and newer.id <= settled and newer.op_time > since
+        return False

# tail harbortui/audit/tail.py: it does not look at the times of known ids
-            if known is not None and known != event.op_time:
+            if False:

# tail harbortui/audit/ledger.py: it forgets nothing
-            self.base = max(self.base, self._ids[-MOST - 1])
+            self.base += 0

# walk harbortui/audit/reader.py: a full page counts for the whole window
-            edge = max(cut, default=low)
+            edge = low

# walk harbortui/audit/reader.py: a full page counts up to the end
-            edge = min(cut, default=last)
+            edge = last

# walk harbortui/audit/reader.py: Harbor's filter is believed
-        return [event for event in events if self.wanted.takes(event)]
+        return list(events)

# walk harbortui/audit/window.py: it lets the newest go and does not say so
-            self.high = self.events[self._most].id - 1
+            self.live = False

# walk harbortui/audit/window.py: it lets the oldest go and does not say so
-            self.low = self.events[over - 1].id + 1
+            self.live = False

# walk harbortui/audit/window.py: it lets nothing go
-        if len(self.events) > self._most:
+        if len(self.events) > 100 * self._most:

# walk harbortui/audit/walk.py: a jump lands behind the first event of its time
-            if event := await self.reader.by_time(moment, moment + span):
+            if event := await self.reader.by_time(moment, moment + span, newest=True):

# walk harbortui/audit/walk.py: it goes down in steps, whatever came
-        window.add_older(found, answer.edge)
+        window.add_older(found, low)

# look harbortui/audit/reading.py: where following begins, nothing is read again
-            settled = max(lowest - 1, newest.id - REACH)
+            settled = max(lowest - 1, newest.id)

# look harbortui/audit/window.py: a late row is left out
-            elif self.low <= event.id <= self.high:
+            elif False:

# look harbortui/audit/window.py: what the tail brings is taken twice
-        if known is None or known.id != event.id:
+        if True:

# look harbortui/audit/reading.py: a window counts as the newest end that is not
-        if self.tail and self.walk.window.high >= self.tail.top:
+        if self.tail and self.walk.window.high >= self.tail.settled:

# read harbortui/audit/reading.py: an answer that the tail has overtaken is taken
-        self.walk.overtaken(events)
+        self.walk.overtaken([])

# walk harbortui/audit/walk.py: an answer for an end that has moved is taken
-        if self.window is not window or window.low != high + 1 or self._asked is not asked:
+        if self.window is not window or self._asked is not asked:

# file harbortui/audit/formats.py: a cell may be a formula
-    return f"'{text}" if text.startswith(FORMULAS) else text
+    return text

# file harbortui/audit/formats.py: a line end inside a cell ends a record
-            if not quoted and one.endswith(b"\\r\\n"):
+            if one.endswith(b"\\r\\n"):

# file harbortui/audit/export.py: what was cut short stays
-        self._file.truncate(ended.end)
+        self._file.seek(0)

# file harbortui/audit/export.py: others may read it
-        self._file: BinaryIO = os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0)
+        self._file: BinaryIO = os.fdopen(os.open(path, flags, 0o644), "r+b", buffering=0)
""",
    TESTS,
)
