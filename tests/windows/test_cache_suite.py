"""What the cache promises, promised on a simulated Windows too."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.windows.simulation import ROOT, environment

NOT_THERE = ("test_crash", "test_disk_faults", "test_network_faults", "test_removed_lock_file")
"""Their means are POSIX's: kill -9 and fork, mounts, users, open files that are removed."""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest in a process of its own, where our packages see Windows."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, encoding="cp950", check=False
    )


@pytest.mark.thorough
def test_leases_and_objects() -> None:
    names = ("test_contract", "test_leases")
    done = run(
        *(f"tests/cache/{name}.py" for name in names), "-k", "local or lease", "-m", "not slow"
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_whole_suite() -> None:
    left_out = [f"--ignore=tests/cache/{name}.py" for name in NOT_THERE]
    done = run("tests/cache", "tests/api/test_jobs.py", *left_out)
    assert done.returncode == 0, done.stdout
