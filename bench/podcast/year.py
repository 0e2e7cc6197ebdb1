"""What a run of a daily show asks of the disk, on an early day and a year later.

    python -m bench.podcast.measure --year

The runs of both days are traced by strace: every call that names the show's folder, and the bytes
read and written in it. From the 65th day on a run compares the news with as many episodes of the
same file as ever, and the feed's first page is as long as it will be; what grows is the archive's.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.podcast.year import Year

DAYS = (80, 365)
MOST_GROWTH = 1.1
_PAGE = 5
_CALL = re.compile(r"(\w+)\(.*\) += (-?\d+)")
_READ, _WRITTEN = ("read", "pread64"), ("write", "pwrite64")


@dataclass
class Asked:
    """Of the show's folder."""

    calls: int = 0
    read_bytes: int = 0
    written_bytes: int = 0


def traced(year: Year) -> Asked:
    """The day's run in a process of its own, under strace."""
    place, out = year.out.parent, str(year.out)
    with tempfile.TemporaryDirectory() as logs:
        command = [
            "strace", "-ff", "-y", "-o", f"{logs}/log",
            "-e", "trace=%file,%desc", sys.executable, "-m", "bench.podcast.year",
        ]  # fmt: skip
        subprocess.run(
            [*command, str(place), str(year.now_s)], check=True, stdout=subprocess.DEVNULL
        )
        asked = Asked()
        for log in Path(logs).iterdir():
            for line in log.read_text(errors="replace").splitlines():
                call = _CALL.match(line)
                if call and out in line:
                    asked.calls += 1
                    asked.read_bytes += max(0, int(call[2])) if call[1] in _READ else 0
                    asked.written_bytes += max(0, int(call[2])) if call[1] in _WRITTEN else 0
    return asked


def measure() -> int:
    """Print a row a day and the ratios; 1 if one is above the limit."""
    with tempfile.TemporaryDirectory() as name:
        year, rows = Year(Path(name), _PAGE), []
        year.begin()
        print("| day | episodes | calls | bytes read | bytes written |\n|---|---|---|---|---|")
        for day in range(1, DAYS[-1] + 1):
            year.write(day)
            if day in DAYS:
                asked = traced(year)
                rows.append(asked)
                print(
                    f"| {day} | {day} | {asked.calls} | {asked.read_bytes} "
                    f"| {asked.written_bytes} |",
                    flush=True,
                )
            else:
                year.publish()
    early, late = rows
    growths = [
        getattr(late, field) / getattr(early, field)
        for field in ("calls", "read_bytes", "written_bytes")
    ]
    told = ", ".join(f"{growth:.2f}" for growth in growths)
    print(f"\nday {DAYS[1]} to day {DAYS[0]}: {told} (limit {MOST_GROWTH})")
    return int(max(growths) > MOST_GROWTH)


if __name__ == "__main__":
    day = Year(Path(sys.argv[1]), _PAGE)
    day.now_s = int(sys.argv[2])
    sys.exit(day.command())
