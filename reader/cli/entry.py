"""The module `tingwen` of the wheel, which the command starts from.

Another project's `reader` can stand before ours or have overwritten a part of it: a name that no
other project has must be there to say so.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run `tingwen` and exit."""
    try:
        launch = importlib.import_module("reader.cli.launch")
    except KeyboardInterrupt:
        sys.exit(_report("已中斷" if _is_chinese() else "interrupted", 130))
    except Exception as error:  # what the first lines of another project's package may raise
        sys.exit(_report(_explain(error), 2))
    launch.main()
    raise AssertionError("main exits")


def _explain(error: Exception) -> str:
    spec = importlib.util.find_spec("reader")
    if _is_chinese():
        return (
            f"另一個叫 `reader` 的套件占了我們的位置（{spec and spec.origin}：{error}）："
            "請把它的資料夾從 PYTHONPATH 拿掉，"
            "或把 tingwen 裝進自己的環境（`uv tool install tingwen` 或 `pipx install tingwen`）"
        )
    return (
        f"another package called `reader` stands in the place of ours ({spec and spec.origin}: "
        f"{error}): take its folder out of PYTHONPATH, or install tingwen into an environment of "
        "its own (`uv tool install tingwen` or `pipx install tingwen`)"
    )


def _is_chinese() -> bool:
    """As `reader.messages.language`, which may be another's now, but for the system's language."""
    names = ("TINGWEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return wanted.strip().lower().startswith("zh")


def _report(message: str, status: int) -> int:
    encoding = sys.stderr.encoding or "ascii"
    line = f"tingwen: {' '.join(message.split())}".encode(encoding, "backslashreplace")
    print(line.decode(encoding), file=sys.stderr)
    return status


if __name__ == "__main__":
    main()
