"""`python -m app.cli` is the command `berdaya`."""

from app.cli import main

main()
