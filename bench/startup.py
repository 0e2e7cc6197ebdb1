"""What a command costs before it works: `python bench/startup.py`, beside `edge-tts --help`.

Each is a whole process, run in turn with the others, five times; the medians of processor
seconds and of peak memory are printed, and their ratio to edge-tts's. Exit 1 where `--help`
takes more processor than edge-tts's or more than 60 MB, or `script` more than 0.7 s.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

RUNS = 5
HELP_MB = 60
SCRIPT_S = 0.7
PEER = "edge-tts --help"
TEXT = "台北今天放晴\n\n氣象署表示，各地氣溫回升，預估明天最高溫28度。\n"


class Cost(NamedTuple):
    """Of one process: processor seconds, and the most memory it had, in MB."""

    cpu_s: float
    peak_mb: float


def cost_of(command: list[str], folder: Path) -> Cost:
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    unit = 1e6 if sys.platform == "darwin" else 1e3  # ru_maxrss: bytes there, KiB elsewhere
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def commands() -> dict[str, list[str]]:
    tingwen = [sys.executable, "-m", "reader"]
    text = "a.txt"
    return {
        PEER: [sys.executable, "-m", "edge_tts", "--help"],
        "tingwen --help": [*tingwen, "--help"],
        "tingwen read --help": [*tingwen, "read", "--help"],
        "tingwen script": [*tingwen, "script", text],
        "tingwen read, cached": [*tingwen, "read", text, "--voice", "baker", "-o", "a.mp3"],
        "tingwen cache info": [*tingwen, "cache", "info"],
        "tingwen voices --offline": [*tingwen, "voices", "--offline"],
    }


def main() -> int:
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["TINGWEN_CACHE"] = str(folder / "cache")
        (folder / "a.txt").write_text(TEXT, encoding="utf-8")
        costs: dict[str, list[Cost]] = {what: [] for what in commands()}
        for run in range(RUNS + 1):
            for what, command in commands().items():
                cost = cost_of(command, folder)
                if run:  # the first fills the cache, and the bytecode's
                    costs[what].append(cost)
    medians = {
        what: Cost(statistics.median(c.cpu_s for c in all_), max(c.peak_mb for c in all_))
        for what, all_ in costs.items()
    }
    peer = medians[PEER]
    for what, cost in medians.items():
        ratio = cost.cpu_s / peer.cpu_s
        print(f"{what:<26}{cost.cpu_s:6.2f} s{cost.peak_mb:8.1f} MB   {ratio:5.2f} × edge-tts")
    shown, script = medians["tingwen --help"], medians["tingwen script"]
    is_good = shown.cpu_s <= peer.cpu_s and shown.peak_mb <= HELP_MB and script.cpu_s <= SCRIPT_S
    print("good" if is_good else "too much")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
