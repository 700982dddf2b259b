"""``python -m bodymap`` is the ``bodymap`` command."""

from bodymap.cli import main

main()
