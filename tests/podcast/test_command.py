"""The command line of a show: what it tells, what it leaves alone, what its status means."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from reader.podcast import Folder
from tests.podcast.command_line import podcast
from tests.podcast.newsroom import write_article
from tests.podcast.test_identity import GAME, STORM, write

BASE = ("--title", "慢車", "--base-url", "https://pod.example/慢 車")
Command = Callable[..., int]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "show"


@pytest.fixture
def command(tmp_path: Path, out: Path) -> Command:
    return partial(podcast, out=out, cache=tmp_path / "cache")


def test_what_a_run_tells_is_told_as_json_too(
    tmp_path: Path, out: Path, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    page = str(write_article(tmp_path, 1))
    assert command(page, *BASE) == 0
    next((out / "episodes").glob("*.mp3")).unlink()
    capsys.readouterr()
    assert command(page, "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["mended"] == 1
    assert "missing" in printed["notes"][0]
    logged = (out / ".tingwen" / "runs.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert {**printed, "time": json.loads(logged)["time"]} == json.loads(logged)


def test_a_picture_that_directories_refuse_is_told_of_its_episode(
    tmp_path: Path, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    page = write_article(tmp_path, 1)
    page.with_suffix(".png").write_bytes(b"no picture")
    assert command(str(page), *BASE) == 0
    told = capsys.readouterr().err
    assert "picture beside an episode" in told
    assert "--cover" not in told


def test_a_page_that_a_feed_leads_to_in_vain_is_no_mistake_of_the_user(
    tmp_path: Path, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    """A news site takes a page away: a timer must not call somebody for it."""
    news = tmp_path / "news.xml"
    item = "<item><title>x</title><link>http://[::1/x</link></item>"
    news.write_text(f'<rss version="2.0"><channel>{item}</channel></rss>', encoding="utf-8")
    page = str(write_article(tmp_path, 1))
    assert command(str(news), page, *BASE) == 3
    assert "(status 3)" in capsys.readouterr().err
    assert command(str(news), page, str(tmp_path / "no.html")) == 3
    assert command(page, str(tmp_path / "no.html")) == 2


def test_a_name_of_many_episodes_withdraws_none_of_them(
    tmp_path: Path, out: Path, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    today = tmp_path / "today.html"
    assert command("init", str(write(today, *STORM)), *BASE) == 0
    assert command() == 0
    write(today, *GAME)
    assert command() == 0
    assert command("remove", "today.html") == 2
    assert "2 episodes" in capsys.readouterr().err
    assert command("remove", str(today)) == 0, "the source alone"
    assert len([*Folder(out).records()]) == 2
    assert command() == 2, "no source is left"
    assert command("remove", STORM[0]) == 0
    assert [record.title for record in Folder(out).records()] == [GAME[0]]
