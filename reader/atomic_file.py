"""A file that is there whole or not at all, however its writer ends."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from audio_cache.held_open import wait_until_closed


@contextmanager
def replacing(target: Path, prefix: str) -> Iterator[BinaryIO]:
    """A file that takes the place of `target` when it is whole and on the disk.

    Until then it lies beside it under a name that begins with `prefix`. It is opened as any new
    file is, so that its permissions are those that the user's umask gives. Raises OSError.
    """
    part = target.parent / f"{prefix}{uuid.uuid4().hex}"
    try:
        with part.open("xb+") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        wait_until_closed(lambda: part.replace(target))
    except BaseException:
        part.unlink(missing_ok=True)
        raise
