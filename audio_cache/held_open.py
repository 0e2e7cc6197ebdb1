"""Files that somebody has open: on Windows they can be neither replaced nor removed meanwhile.

Whoever reads a small object has it open for a moment, and so has a virus scanner that looks at
what was just written; a player may have a file open for hours.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

_CODES: Final = (5, 32, 33)
"""ERROR_ACCESS_DENIED (what replacing answers), ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION."""
_PAUSES_S: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.4)


def is_held_open(error: Exception) -> bool:
    """Whether an OSError, or an error of obstore, says that a file is open elsewhere."""
    if sys.platform != "win32":
        return False
    code = getattr(error, "winerror", None)
    return code in _CODES or any(f"(os error {code})" in str(error) for code in _CODES)


def wait_until_closed(call: Callable[[], T]) -> T:
    """What `call` returns, tried again for about a second while a file is held open."""
    for pause_s in _PAUSES_S:
        try:
            return call()
        except Exception as error:
            if not is_held_open(error):
                raise
            time.sleep(pause_s)
    return call()
