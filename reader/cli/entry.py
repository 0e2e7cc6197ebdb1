"""The module `tingwen` of the wheel, which the command starts from.

Another project's `reader` can stand before ours or have overwritten a part of it: a name that no
other project has must be there to say so.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run `tingwen` and exit."""
    try:
        launch = importlib.import_module("reader.cli.launch")
    except KeyboardInterrupt:
        sys.exit(_report("interrupted", 130))
    except Exception as error:  # what the first lines of another project's package may raise
        sys.exit(_report(_explain(error), 2))
    launch.main()
    raise AssertionError("main exits")


def _explain(error: Exception) -> str:
    spec = importlib.util.find_spec("reader")
    return (
        f"another package called `reader` stands in the place of ours ({spec and spec.origin}: "
        f"{error}): take its folder out of PYTHONPATH, or install tingwen into an environment of "
        "its own (`uv tool install tingwen` or `pipx install tingwen`)"
    )


def _report(message: str, status: int) -> int:
    print(f"tingwen: {' '.join(message.split())}", file=sys.stderr)
    return status


if __name__ == "__main__":
    main()
