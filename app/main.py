"""Where the command ``gongbao`` starts.

The worker processes of ``gongbao serve`` import the module that the program was started from, so it is small.
"""

from __future__ import annotations


def main() -> int:
    """Run the command line and return its exit status."""
    from app.commands.root import main as run  # noqa: PLC0415 - only where it is run

    return run()
