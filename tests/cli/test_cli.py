"""The command line as its users see it: files written, lines printed, exit status."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from mutagen.id3 import ID3

from audio_cache import CacheUnavailable
from reader import errors
from reader.cli.arguments import EPILOG
from reader.cli.status import exit_status
from tests.conftest import EXAMPLES
from tests.forked_commands import run_command
from tests.sound import codec_of, decoded, mp3val_complaints

pytestmark = pytest.mark.usefixtures("embedded_voice")


def tingwen(*arguments: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return run_command(arguments, env={**os.environ, **env}, stdin=stdin)


def one_line(stderr: bytes) -> str:
    text = stderr.decode()
    assert text.startswith("tingwen")
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
    return text


@pytest.mark.thorough
def test_read_writes_the_mp3_and_its_captions(tmp_path: Path) -> None:
    out, captions = tmp_path / "out.mp3", tmp_path / "out.vtt"
    done = tingwen(
        "read",
        str(EXAMPLES / "article.html"),
        *("-o", str(out), "--captions", str(captions), "--voice", "baker", "--rate", "+10%"),
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert done.stdout.decode() == f"{out}\n"
    assert mp3val_complaints(out) == []
    assert len(decoded(out)) > 60 * 24_000
    assert out.stat().st_mode & 0o777 == 0o666 & ~umask()
    cues = captions.read_text(encoding="utf-8")
    assert cues.startswith("WEBVTT\n\n0\n00:00:00.0")
    assert "聽新聞" not in cues


@pytest.mark.thorough
def test_read_writes_what_is_asked_for(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("今天放晴。\n氣象署表示，各地氣溫回升。", encoding="utf-8")
    cover = EXAMPLES.parent / "docs" / "images" / "listen-360-dark.png"
    runs = [
        ("flac", ("-o", str(tmp_path / "a.flac"), "--captions", str(tmp_path / "a.srt"))),
        ("opus", ("-o", str(tmp_path / "a.opus"), "--captions", str(tmp_path / "a.json"))),
        ("mp3", ("-o", str(tmp_path / "a.mp3"), "--format", "mp3-44100", "--loudness", "-19")),
        ("mp3", ("-o", str(tmp_path / "b.mp3"), "--cover", str(cover), "--lyrics")),
    ]
    for codec, arguments in runs:
        done = tingwen("read", str(source), "--voice", "baker", *arguments)
        assert (done.returncode, done.stderr.decode()) == (0, "")
        assert codec_of(Path(arguments[1])).splitlines()[0] == codec
    assert (tmp_path / "a.srt").read_text(encoding="utf-8").startswith("1\n00:00:00,")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["segments"]
    tags = ID3(tmp_path / "b.mp3")
    assert tags.getall("APIC")[0].mime == "image/png"
    assert next(text for text, _ in tags.getall("SYLT")[0].text) == "今天放晴。"
    lengths = [len(decoded(tmp_path / name)) for name in ("a.flac", "a.mp3", "b.mp3")]
    assert max(lengths) - min(lengths) <= 1


def umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


@pytest.mark.parametrize("name", ["article.html", "article.txt"])
def test_the_script_of_the_example(name: str) -> None:
    done = tingwen("script", str(EXAMPLES / name), "--json", "--voice", "baker")
    assert done.returncode == 0, done.stderr.decode()
    script = json.loads(done.stdout)
    assert script["title"] == "花蓮慢車站變身圖書館　居民：「像把時間借回來」"
    assert "林若溪" in script["byline"]
    assert len(script["paragraphs"]) == 7, "six paragraphs and a subhead"
    assert script["paragraphs"][0].startswith("花蓮縣一座停用14年的小火車站")
    assert script["paragraphs"][-1].endswith("也可能第二次停駛。")
    heard = "".join(u["text"] for u in script["utterances"])
    for never in ("聽新聞", "延伸閱讀", "LINE", "熱門新聞", "林若溪攝", "版權", "請繼續"):
        assert never not in heard
    for number, paragraph in enumerate(script["paragraphs"]):
        texts = [u["text"] for u in script["utterances"] if u["paragraph"] == number]
        assert "".join(texts) == paragraph
    spoken = "".join(u["spoken"] for u in script["utterances"])
    assert "一萬兩千六百冊" in spoken
    assert "百分之二十八" in spoken
    assert "Joost" not in spoken
    assert all(u["pinyin"] for u in script["utterances"] if u["spoken"])


def test_the_script_for_people() -> None:
    done = tingwen("script", str(EXAMPLES / "article.txt"))
    assert done.returncode == 0
    assert "花蓮" in done.stdout.decode()


def test_the_seed_page_is_its_article_and_nothing_else(seed_page: Path) -> None:
    done = tingwen("script", str(seed_page), "--json")
    script = json.loads(done.stdout)
    assert script["title"] == "「川習會」大交易？美擬要求中國少買俄伊石油 習近平可能提反台獨"
    assert "周辰陽" in script["byline"]
    beginnings = ("川普總統預定", "知情人士表示", "對中國而言", "習近平在與川普會面時")
    beginnings += ("知情人士還表示", "美國資深官員透露", "這些接觸顯示", "一名美方資深官員表示")
    assert [p[: len(b)] for p, b in zip(script["paragraphs"], beginnings, strict=True)] == list(
        beginnings
    )
    page = seed_page.read_text(encoding="utf-8").splitlines()
    assert all(paragraph in page for paragraph in script["paragraphs"])


def test_standard_input_in_text_mode_drops_nothing() -> None:
    text = "延伸閱讀\n這一行也要唸。\n"
    done = tingwen("script", "-", "--mode", "text", "--json", stdin=text.encode())
    assert json.loads(done.stdout)["paragraphs"] == ["延伸閱讀", "這一行也要唸。"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("read",), 2),
        (("nosuch",), 2),
        (("read", "x.txt", "--rate", "fast"), 2),
        (("read", "no-such-file.html"), 2),
        (("read", "x.txt", "--loudness", "-14"), 2),
        (("read", "x.txt", "-o", "out.xyz"), 2),
        (("read", "x.txt", "-o", "no-such-folder/out.mp3"), 2),
        (("read", "x.txt", "--captions", "no-such-folder/out.vtt"), 2),
        (("read", "x.txt", "-o", os.curdir), 2),
        (("--voice", "baker", "no-such-file.html"), 2),
        (("no-such-file.html",), 2),
        (("script", "http://127.0.0.1:9/"), 6),
        (("script", "http://127.0.0.1:9/", "--allow-private"), 6),
        (("script", "http://localhost.invalid/"), 6),
        (("read", "x.txt", "--captions", "out.txt"), 2),
        (("read", "x.txt", "--cover", "no-such.jpg"), 2),
        (("read", str(EXAMPLES / "article.html"), "--voice", "nosuch"), 2),
        (("script", str(EXAMPLES / "article.html"), "--lexicon", "no-such.toml"), 2),
        (("script", "-", "--mode", "article"), 3),
        (("script", os.devnull, "--mode", "text"), 3),
    ],
)
def test_errors_are_one_line_and_a_status(arguments: tuple[str, ...], status: int) -> None:
    done = tingwen(*arguments)
    assert done.returncode == status, done.stderr.decode()
    assert done.stdout == b""
    one_line(done.stderr)


def test_a_voice_that_is_not_installed_says_how_to_get_it(tmp_path: Path) -> None:
    done = tingwen(
        *(
            "read",
            str(EXAMPLES / "article.html"),
            "--voice",
            "baker",
            "-o",
            str(tmp_path / "x.mp3"),
        ),
        TINGWEN_VOICES=str(tmp_path / "nothing"),
    )
    assert done.returncode == 4
    assert "tingwen voices install baker" in one_line(done.stderr)
    assert not (tmp_path / "x.mp3").exists()


def test_an_output_that_cannot_be_written_is_status_5(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    source = tmp_path / "a.txt"
    source.write_text("今天放晴。", encoding="utf-8")
    out = tmp_path / "file" / "out.mp3"
    done = tingwen("read", str(source), "-o", str(out), "--voice", "baker")
    assert done.returncode == 5
    assert "cannot write" in one_line(done.stderr)


def test_voices_and_cache_for_programs() -> None:
    voices = json.loads(tingwen("voices", "--json").stdout)
    assert {"baker", "edge:zh-TW-HsiaoChenNeural"} <= {v["name"] for v in voices}
    assert "location" in json.loads(tingwen("cache", "info", "--json").stdout)


def leaves(kind: type[Exception]) -> list[type[Exception]]:
    below = kind.__subclasses__()
    return [leaf for sub in below for leaf in leaves(sub)] if below else [kind]


@pytest.mark.parametrize("kind", [*leaves(errors.TingwenError), CacheUnavailable])
def test_every_error_has_its_exit_status(kind: type[Exception]) -> None:
    status = exit_status(kind("x"))
    assert status in (2, 3, 4, 5, 6, 7)
    assert f" {status} " in EPILOG
