"""`harbortui logs`: the audit log without a screen, for pipes, files and scripts."""
