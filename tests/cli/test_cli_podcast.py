"""`tingwen podcast` as its users see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_cli import one_line, tingwen
from tests.conftest import EXAMPLES
from tests.podcast.newsroom import write_article

pytestmark = pytest.mark.usefixtures("embedded_voice")

SHOW = ("--title", "慢車電台", "--base-url", "https://pod.example/", "--voice", "baker")


@pytest.mark.thorough
def test_the_folder_is_made_and_what_failed_is_reported(tmp_path: Path) -> None:
    source, out = write_article(tmp_path, 1), tmp_path / "out"
    (tmp_path / "none.txt").write_text("", encoding="utf-8")
    sources = (str(tmp_path / "no.html"), str(source), str(tmp_path / "none.txt"))
    done = tingwen("podcast", *sources, "--out", str(out), *SHOW)
    assert done.returncode == 3, done.stderr.decode()
    assert done.stdout.decode() == f"{out / 'feed.xml'}\n"
    lines = done.stderr.decode().splitlines()
    assert [line.rsplit(" (", 1)[1] for line in lines[:2]] == ["status 2)", "status 3)"]
    assert lines[2] == "tingwen: 1 made, 0 unchanged, 2 failed; the feed lists 1"
    assert "https://pod.example/episodes/" in (out / "feed.xml").read_text(encoding="utf-8")
    again = tingwen("podcast", str(source), "--out", str(out), *SHOW)
    assert (again.returncode, again.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--out", "x"),
        ("--out", "x", "--title", "t", "--base-url", "pod.example"),
        ("--out", "x", *SHOW, "--jobs", "0"),
        ("--out", "x", *SHOW, "--cover", "nothing.png"),
        ("--out", "x", *SHOW, "--date", "2026-02-30"),
        ("--out", "x", *SHOW, "--category", "新聞"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = tingwen("podcast", str(EXAMPLES / "article.txt"), *arguments)
    assert done.returncode == 2, done.stderr.decode()
    one_line(done.stderr)


def test_serving_what_is_no_podcast_is_status_2(tmp_path: Path) -> None:
    done = tingwen("serve", "--podcast", str(tmp_path))
    assert done.returncode == 2
    assert "make one with `tingwen podcast`" in one_line(done.stderr)
