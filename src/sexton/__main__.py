"""``python -m sexton``: the same as the command ``sexton``."""

from sexton.cli import main

main()
