"""`python -m harbortui`."""

from harbortui.cli import main

main()
