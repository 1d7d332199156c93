"""`harbortui doctor`: what stands between here and a Harbor, each with its cure; no screen."""
