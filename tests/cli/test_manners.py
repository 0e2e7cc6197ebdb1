"""Manners of the command line: what is short to type, names of files, playing, help."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.arguments import COMMANDS, parse
from reader.cli.free_path import reserve_path
from reader.errors import StorageError
from tests.cli.test_cli import one_line
from tests.conftest import EXAMPLES
from tests.forked_commands import run_command

STORY = "老橋：修復完工？\n\n橫跨溪谷的百年老橋歷經兩年修復，昨天重新開放通行。\n"


class Shell:
    """A folder in which commands run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, "TINGWEN_VOICE": "baker"}

    def run(self, *arguments: str, status: int = 0) -> tuple[str, str]:
        done = run_command(arguments, env=self.environment, cwd=self.folder)
        assert done.returncode == status, done.stderr.decode()
        return done.stdout.decode(), done.stderr.decode()

    def add_program(self, name: str, script: str) -> None:
        """A program that stands before all others of the machine."""
        folder = self.folder / "bin"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
        self.environment["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    (tmp_path / "橋.txt").write_text(STORY, encoding="utf-8")
    return Shell(tmp_path)


def test_nothing_at_all_is_help_and_the_version_is_told(shell: Shell) -> None:
    out, err = shell.run()
    assert all(name in out for name in COMMANDS)
    assert (err, shell.run("--help")[0]) == ("", out)
    out, err = shell.run("--version")
    assert (out.split()[0], err) == ("tingwen", "")
    assert out.split()[1][0].isdigit()


@pytest.mark.parametrize(
    "page",
    ["https://news.example/a", "http://news.example", "a.html", "./b.MD", "no/such.txt", "-"],
)
def test_a_page_in_place_of_a_command_is_read(page: str) -> None:
    for arguments in ([page, "--rate", "+10%"], ["--rate", "+10%", page]):
        found = parse(arguments)
        assert (found.command, found.source) == ("reader.cli.read:command", page)
        assert vars(found) == vars(parse(["read", *arguments]))


def test_a_command_is_a_command_though_a_file_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("cache", "story"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert parse(["cache", "info"]).command == "reader.cli.cache:info"
    assert parse(["story"]).source == "story"
    for wrong in (["stroy"], ["--rate", "+10%"], ["stroy", "a.html"]):
        with pytest.raises(SystemExit) as caught:
            parse(wrong)
        assert caught.value.code == 2


@pytest.mark.usefixtures("embedded_voice")
def test_the_file_is_named_by_the_title_and_replaces_none(shell: Shell) -> None:
    names = ["老橋：修復完工？.mp3", "老橋：修復完工？ (2).mp3"]
    for name in names:
        assert shell.run("橋.txt") == (f"{name}\n", "")
    first, second = ((shell.folder / name).read_bytes() for name in names)
    assert first == second
    out, _ = shell.run("read", "橋.txt", "--title", "CON", "--json", "--captions", "c.vtt")
    told = json.loads(out)
    assert (told["audio"], told["captions"], told["voice"]) == ("_CON.mp3", "c.vtt", "baker")
    assert told["coverage"] == 1 and told["why"] is None and told["duration"] > 3
    (shell.folder / "own.mp3").write_bytes(b"old")
    shell.run("橋.txt", "-o", "own.mp3")
    assert (shell.folder / "own.mp3").stat().st_size > 1000


def test_what_fails_leaves_no_file(shell: Shell) -> None:
    before = set(shell.folder.iterdir())
    shell.environment["TINGWEN_VOICES"] = str(shell.folder / "nothing")
    shell.run("橋.txt", status=4)
    left = set(shell.folder.iterdir()) - before
    assert not {path for path in left if path.suffix == ".mp3"}


@given(st.integers(1, 6))
def test_names_are_numbered_from_two(tmp_path_factory: pytest.TempPathFactory, n: int) -> None:
    folder = tmp_path_factory.mktemp("names")
    for number in range(1, n + 1):
        with reserve_path(folder / "a.b.mp3") as path:
            path.write_bytes(b"x")
        assert path.name == ("a.b.mp3" if number == 1 else f"a.b ({number}).mp3")
    with pytest.raises(ZeroDivisionError), reserve_path(folder / "a.b.mp3") as path:
        _ = 1 / 0
    assert not path.exists()
    with pytest.raises(StorageError), reserve_path(folder / "none" / "a.mp3"):
        pass


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="its players are no scripts")
@pytest.mark.usefixtures("embedded_voice")
def test_what_is_read_is_played(shell: Shell) -> None:
    shell.add_program("ffplay", 'echo "$0 $@" >> played; exit 1')
    shell.add_program("mpv", 'echo "$0 $@" >> played')
    assert shell.run("橋.txt", "--play", "-o", "a.mp3")[1] == ""
    asked = (shell.folder / "played").read_text(encoding="utf-8").splitlines()
    assert [line.split()[0].rsplit("/")[-1] for line in asked] == ["ffplay", "mpv"]
    assert all(line.endswith(str(shell.folder / "a.mp3")) for line in asked)
    shell.environment["PATH"] = str(shell.folder / "none")
    _, err = shell.run("橋.txt", "--play", "-o", "b.mp3")
    assert "could play b.mp3" in one_line(err.encode())


@pytest.mark.thorough
@pytest.mark.usefixtures("embedded_voice")
def test_an_environment_without_a_path(shell: Shell) -> None:
    del shell.environment["PATH"]
    assert shell.run("橋.txt", "-o", "a.mp3") == ("a.mp3\n", "")


@pytest.mark.thorough
@pytest.mark.usefixtures("embedded_voice")
def test_a_podcast_for_programs(shell: Shell) -> None:
    out, _ = shell.run(
        *("podcast", "橋.txt", "nosuch.txt", "--out", "show", "--title", "今日新聞"),
        *("--base-url", "https://news.example/show", "--json"),
        status=2,
    )
    told = json.loads(out)
    assert told["feed"] == os.path.join("show", "feed.xml")  # noqa: PTH118
    assert (told["made"], told["unchanged"], told["listed"]) == (1, 0, 1)
    assert [(one["source"], one["status"]) for one in told["failures"]] == [("nosuch.txt", 2)]


def test_every_word_of_a_script_is_shown_in_a_pipe(shell: Shell) -> None:
    page = str(EXAMPLES / "article.html")
    spoken = [u["spoken"] for u in json.loads(shell.run("script", page, "--json")[0])["utterances"]]
    for columns in ("80", "24"):
        shell.environment["COLUMNS"] = columns
        out, _ = shell.run("script", page)
        assert "…" not in out and "\x1b" not in out
        assert "〔14〕" in out.replace("\n", "") or int(columns) < 80
        for character in set("".join(spoken)) - set(" \u3000"):
            assert out.count(character) >= sum(text.count(character) for text in spoken)
    assert "is said otherwise" in " ".join(out.split())


def test_voices_fit_a_terminal_and_have_names(shell: Shell) -> None:
    from rich.cells import cell_len

    out, _ = shell.run("voices", "--offline")
    assert max(cell_len(line.rstrip()) for line in out.splitlines()) < 80
    for name in ("曉臻（女，台灣）", "曉雨（女，台灣）", "雲哲（男，台灣）"):
        assert name in out
    assert out.count("Microsoft") == 1


def test_the_doctor_says_what_to_do(shell: Shell) -> None:
    out, _ = shell.run("doctor", "--json")
    found = {one["about"]: one for one in json.loads(out)}
    assert {"voices", "cache", "fonts", "ffmpeg", "locale", "proxy"} <= found.keys()
    assert found["cache"]["found"].startswith(os.environ["TINGWEN_CACHE"])
    assert "network" not in found
    shell.environment["TINGWEN_CACHE"] = str(shell.folder / "橋.txt")
    shell.environment["HTTPS_PROXY"] = "http://me:secret@proxy.corp:3128"
    out, _ = shell.run("doctor", "--network", status=1)
    assert "BAD   cache" in out and "BAD   network" in out
    assert "http://proxy.corp:3128" in out and "secret" not in out


def test_a_port_that_is_taken_is_one_line_and_a_status(shell: Shell) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        _, err = shell.run("serve", "--port", str(port), status=7)
    assert f"port {port} of 127.0.0.1 is taken" in one_line(err.encode())
    for wrong in (("--port", "70000"), ("--host", "192.0.2.1"), ("--host", "no such host")):
        one_line(shell.run("serve", *wrong, status=2)[1].encode())


@pytest.fixture
def intranet() -> Iterator[str]:
    """A page on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_story = self.path == "/story"
            self.send_response(200 if is_story else 404)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(STORY.encode() if is_story else b"")

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/story"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.thorough
def test_a_page_of_the_intranet(shell: Shell, intranet: str) -> None:
    _, err = shell.run("script", intranet, "--json", status=6)
    assert "--allow-private" in one_line(err.encode())
    out, _ = shell.run("script", intranet, "--json", "--allow-private")
    assert json.loads(out)["title"] == "老橋：修復完工？"
    assert "老橋" in shell.run("script", intranet, "--explain", "--allow-private")[0]
    shell.environment["TINGWEN_ALLOW_HOSTS"] = "cms.corp, 127.0.0.0/8"
    assert shell.run("script", intranet, "--json")[0] == out
    shell.environment["TINGWEN_ALLOW_HOSTS"] = "a b:80"
    one_line(shell.run("script", intranet, "--json", status=2)[1].encode())
