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

from reader.cli.dispatch import run
from tests.openai_server import Answer, OpenAIServer

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


@pytest.mark.thorough
def test_ctrl_c_ends_it_while_it_speaks(tmp_path: Path) -> None:
    """By a server that never answers, so that it is in the middle for certain."""
    command = [sys.executable, "-m", "reader", "demo", "--no-open", "--voice", "openai"]
    with OpenAIServer(Answer.HANGS) as voice:
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        environment["TINGWEN_OPENAI_BASE_URL"] = f"{voice.origin}/v1"
        with subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as demo:
            assert demo.stdout is not None and demo.stderr is not None
            assert b"/listen/" in demo.stdout.readline()
            demo.send_signal(signal.SIGINT)
            told = demo.stderr.read().decode()
            assert (demo.wait(), told) in ((0, ""), (130, "tingwen: interrupted\n"))


def test_an_unknown_voice_is_wrong_usage(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--no-open", "--voice", "nosuch"]) == 2
    told = capfd.readouterr()
    assert told.out == "" and told.err.startswith("tingwen: ") and told.err.count("\n") == 1


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
