"""`tingwen demo`: something to hear with nothing at hand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.usefixtures("embedded_voice")
def test_the_example_is_narrated_and_shown(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "reader", "demo", "--no-open", "--voice", "baker"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TINGWEN_API_KEYS": ""}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as demo:
        try:
            assert demo.stdout is not None
            page = demo.stdout.readline().strip()
            assert httpx.get(page).raise_for_status()
            assert "baker" in demo.stdout.readline()
            demo.send_signal(signal.SIGINT)
            assert demo.wait() in (0, 130)
        finally:
            demo.kill()


def test_the_wheel_carries_the_example() -> None:
    """In a clone it is read from where it lies; the image of `deploy` builds a wheel, too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for path in carried:
        assert (ROOT / path).is_file()
    ignored = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text("utf-8")
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
    for path in ("NOTICE", "examples/article.html"):
        assert f"!{path}" in ignored and path in dockerfile
