"""The examples of runs without anybody there: what reads them takes them, and they say what a run
answers and what must not be published."""

from __future__ import annotations

import configparser
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from reader.cli.arguments import parse
from tests.conftest import EXAMPLES

HERE = EXAMPLES / "podcast"
_IN_ORDER = {"0", "3", "6"}
"""Statuses after which nobody needs to come (docs/zh-TW/podcast.md)."""


def unit(name: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(strict=True, interpolation=None, delimiters="=")
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string((HERE / name).read_text(encoding="utf-8"))
    return found


def workflow() -> dict[str, object]:
    text = (HERE / "github-actions.yml").read_text(encoding="utf-8")
    found: dict[str, object] = yaml.safe_load(text)
    return found


def steps() -> list[dict[str, str]]:
    found: list[dict[str, str]] = workflow()["jobs"]["make"]["steps"]  # type: ignore[index]
    return found


def cron_lines() -> list[str]:
    lines = (HERE / "crontab").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def commands() -> Iterator[str]:
    yield unit("tingwen-podcast.service")["Service"]["ExecStart"]
    yield from cron_lines()
    yield from (line for step in steps() for line in step.get("run", "").splitlines())


@pytest.mark.parametrize("line", [c for c in commands() if "tingwen podcast" in c])
def test_their_commands_are_ours(line: str) -> None:
    words = shlex.split(line[line.index("tingwen podcast") :].split(" >>")[0].split(" || ")[0])
    assert parse(words[1:]).out


def test_systemd() -> None:
    service = unit("tingwen-podcast.service")["Service"]
    assert {*service["SuccessExitStatus"].split(), "0"} == _IN_ORDER
    assert service["ReadWritePaths"] in service["ExecStart"]
    assert service["User"] != "root"
    assert "DynamicUser" not in service, "the next run is another user, and the folder not its own"
    assert unit("tingwen-podcast.timer")["Timer"]["OnCalendar"] == "*-*-* 06:30:00 Asia/Taipei"
    assert unit("tingwen-podcast.timer")["Install"]["WantedBy"] == "timers.target"


def test_cron() -> None:
    (line,) = cron_lines()
    limits = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
    for field, (least, most) in zip(line.split()[:5], limits, strict=True):
        assert field == "*" or least <= int(field) <= most
    assert "%" not in line, "which crontab(5) takes for the end of the line"


def test_github_actions(tmp_path: Path) -> None:
    """What was made is pushed before the status is looked at, and the site is no whole folder."""
    runs = [step["run"] for step in steps() if "run" in step]
    (statuses,) = re.findall(r"in ([\d|]+)\) ;;", runs[-1])
    assert set(statuses.split("|")) == _IN_ORDER
    pushed = next(n for n, run in enumerate(runs) if "git push" in run)
    assert pushed < len(runs) - 1
    assert workflow()[True] == {  # which is how YAML 1.1 reads `on`
        "schedule": [{"cron": "30 22 * * *"}],
        "workflow_dispatch": None,
    }
    (copied,) = re.findall(r"cp -r (.*) site/", runs[pushed])
    show = tmp_path / "show"
    for name in (
        "feed.xml",
        "feed-2.xml",
        "cover.png",
        "episodes/a.mp3",
        "show.toml",
        ".tingwen/x",
    ):
        (show / name).parent.mkdir(parents=True, exist_ok=True)
        (show / name).touch()
    found = {p.name for glob in copied.split() for p in tmp_path.glob(glob)}
    assert found == {"feed.xml", "feed-2.xml", "cover.png", "episodes"}
