"""The engine's state machines, with as many examples as a suite has time for.

`python -m tests.statemachines --examples 20000` runs more.
"""

import os

from .statemachines import Following, Looking, Walking, case

EXAMPLES = int(os.environ.get("EXAMPLES", "70"))

SHRINK = "MUTANT" not in os.environ

TestFollowing = case(Following, EXAMPLES, shrink=SHRINK)
TestWalking = case(Walking, EXAMPLES, shrink=SHRINK)
TestLooking = case(Looking, EXAMPLES, shrink=SHRINK)
