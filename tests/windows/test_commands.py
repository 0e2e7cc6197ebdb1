"""The commands from end to end on a simulated Windows, their streams in Taiwan's code page."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.windows.simulation import environment

CACHE = r"C:\Users\王小明\AppData\Local\tingwen\快取"
TEXT = "測試🙂標題\n\n台北今天放晴。𠮷野家說,週末會更暖。\n"
BIG5 = "台北今天放晴，氣象署說週末會更暖。"
STARTED_S = 60


class Machine:
    """A folder in which commands run, the cache on drive C:."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder = folder
        self.environment = environment(TINGWEN_CACHE=CACHE, **more)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "reader", *arguments]

    def run(
        self, *arguments: str, status: int = 0, text: str = "", out: str = ""
    ) -> tuple[str, str]:
        """What a command prints, out of a pipe in its code page; JSON is UTF-8 everywhere."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment,
            input=text.encode("cp950", "ignore"),
            capture_output=True,
            check=False,
        )
        encoding = self.environment["PYTHONIOENCODING"]
        err = done.stderr.decode(encoding)
        assert done.returncode == status, err
        assert "Traceback" not in err
        return done.stdout.decode(out or encoding), err


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "文章 🙂.txt").write_text(TEXT, encoding="utf-8")
    return Machine(tmp_path)


def test_the_simulation_is_one(machine: Machine) -> None:
    code = (
        "from audio_cache import store; import os; os.pread; "
        "print(store.sys.platform, hasattr(store.os, 'pread'), store.os.name)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=machine.environment, capture_output=True, text=True)
    assert done.stdout.split() == ["win32", "False", "nt"], done.stderr


@pytest.mark.parametrize("encoding", ["cp950", "cp1252"])
def test_help_and_script_in_any_encoding(machine: Machine, encoding: str) -> None:
    other = Machine(machine.folder, PYTHONIOENCODING=encoding)
    out, _ = other.run("--help")
    assert "tingwen" in out
    out, _ = other.run("script", "文章 🙂.txt", "--mode", "text")
    assert "\\U0001f642" in out and "\\U00020bb7" in out, "said as an escape, not lost"
    out, _ = other.run("script", "-", "--json", "--mode", "text", text=BIG5, out="utf-8")
    assert json.loads(out)["utterances"][0]["text"] == BIG5


@pytest.mark.usefixtures("embedded_voice")
def test_read_hear_and_clear(machine: Machine) -> None:
    source, out_name = "文章 🙂.txt", "聲音.mp3"
    (machine.folder / source).write_text(TEXT.replace("𠮷野家", "氣象署"), encoding="utf-8")
    for _ in range(2):  # the second time over the first, from the cache
        out, _ = machine.run("read", source, "--voice", "baker", "-o", out_name)
        assert out.strip() == out_name
        assert (machine.folder / out_name).stat().st_size > 10_000
    info = json.loads(machine.run("cache", "info", "--json")[0])
    assert info["location"].endswith(CACHE)
    assert info["kinds"]["narrations"]["objects"] == 2
    assert machine.run("cache", "verify")[0].startswith("sound: ")
    machine.run("cache", "prune", "--all")
    left = [path for path in (machine.folder / CACHE).rglob("*.mp3") if "v2" in path.parts]
    assert not left


@pytest.mark.thorough
@pytest.mark.usefixtures("embedded_voice")
def test_a_podcast_twice(machine: Machine) -> None:
    (machine.folder / "b.txt").write_text("標題:「乙」?\n\n今天很好。\n", encoding="utf-8")
    for _ in range(2):
        machine.run(
            *("podcast", "b.txt", "--voice", "baker", "--out", "節目", "--title", "今日🙂"),
            *("--base-url", "https://example.org/show"),
        )
    assert len(list((machine.folder / "節目" / "episodes").glob("*.mp3"))) == 1
    assert "今日🙂" in (machine.folder / "節目" / "feed.xml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("embedded_voice")
def test_serve_until_ctrl_c(machine: Machine) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = machine.command("serve", "--port", str(port))
    with subprocess.Popen(
        command, cwd=machine.folder, env=machine.environment, stderr=subprocess.PIPE
    ) as server:
        try:
            _listen(f"http://127.0.0.1:{port}", server)
            os.kill(server.pid, signal.SIGINT)
            assert server.stderr is not None
            log = server.stderr.read().decode("cp950")
            assert server.wait() in (0, 130), log
            assert "Traceback" not in log, log
        finally:
            server.kill()


def _listen(base: str, server: subprocess.Popen[bytes]) -> None:
    with httpx.Client(base_url=base, timeout=STARTED_S) as client:
        deadline = time.monotonic() + STARTED_S
        while True:
            try:
                client.get("/healthz").raise_for_status()
                break
            except httpx.TransportError:
                assert server.poll() is None and time.monotonic() < deadline
                time.sleep(0.1)
        wanted = {"text": "台北放晴🙂。\n\n明天也是。", "voice": "baker"}
        article = client.post("/v1/articles", json=wanted).raise_for_status().json()
        growing = client.get(article["audio_url"]).raise_for_status().content
        whole = client.get(article["audio_url"], headers={"Range": "bytes=0-99"})
        assert len(growing) > 10_000
        assert whole.status_code == 206 and len(whole.content) == 100
        speech = {"model": "tts-1", "input": "放晴", "voice": "baker", "response_format": "wav"}
        assert client.post("/v1/audio/speech", json=speech).raise_for_status().content
