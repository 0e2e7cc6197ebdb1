"""What a run does to files, counted: files opened, folders listed, bytes read and written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_EVENTS = ("open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir", "os.utime")


@dataclass
class Cost:
    """Of what was done while it was counted."""

    place: str
    n_files: int = 0
    """Calls that name something below `place`."""
    read_bytes: int = 0
    written_bytes: int = 0
    is_on: bool = field(default=True, repr=False)

    def see(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_on and event in _EVENTS:
            self.n_files += str(arguments[0]).startswith(self.place)


@contextmanager
def counted(place: Path) -> Iterator[Cost]:
    """Count what happens within."""
    cost = Cost(str(place))
    sys.addaudithook(cost.see)
    before = _bytes()
    try:
        yield cost
    finally:
        cost.is_on = False
        read, written = _bytes()
        cost.read_bytes, cost.written_bytes = read - before[0], written - before[1]


def _bytes() -> tuple[int, int]:
    """Read and written by this process, whatever the descriptor (proc(5))."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    fields = dict(line.split(": ") for line in lines)
    return int(fields["rchar"]), int(fields["wchar"])
