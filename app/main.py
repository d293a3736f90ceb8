"""Where the command ``gongbao`` starts.

The processes of ``gongbao serve`` import the module that the program was started from: it is small for them.
"""

from __future__ import annotations


def main() -> int:
    """Run the command line; gives its exit status."""
    from app.commands.root import main as run  # noqa: PLC0415 - only where it is run

    return run()
