"""What people type, right and wrong: told in their language, in lines that fit."""

from __future__ import annotations

import re
import shlex
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli.dispatch import run
from reader.messages.columns import COLUMNS, width

HAN = re.compile("[\u3400-\u9fff]")
SENTENCE = re.compile(r"(?:\b[a-z]+ ){3,}[a-z]+", re.IGNORECASE)
QUOTED = re.compile(r"`[^`]*`|「[^」]*」|'[^']*'|\"[^\"]*\"")
ARTICLE = "台北今天放晴\n\n氣象署表示，各地氣溫回升，民眾外出注意防曬。\n"
SHOW = "podcast --out show --title x --base-url https://example.org/s"

RIGHT = """
    --help
    read --help
    script --help
    podcast --help
    voices --help
    voices install --help
    serve --help
    worker --help
    cache --help
    cache prune --help
    keys new --help
    demo --help
    doctor --help
    help
    help read
    -V
    -h read
    voices --offline
    cache info
    cache verify
    cache prune --all
    keys new desk
    script a.txt
    script page.html --explain
    script nav.html --explain
    doctor
"""
WRONG = f"""
    2 raed a.txt
    2 nosuch
    2 --verson
    2 -v
    2 cna.com.tw
    2 story.docx
    2 ''
    2 read ''
    2 voice
    5 read a.txt -o NAME.mp3
    2 read
    2 read a.txt --nosuch
    2 read a.txt --rate
    2 read a.txt --rate much
    2 read a.txt --volume loud
    2 read a.txt --format nosuch
    2 read a.txt --mode nosuch
    2 read a.txt --voice nosuch
    2 read a.txt --voice baker:x
    2 read a.txt -o out.xyz
    2 read a.txt -o missing/out.mp3
    2 read a.txt -o folder
    2 read a.txt --captions out.xyz
    2 read a.txt --cover a.txt
    2 read a.txt --loudness x
    2 read a.txt b.txt
    2 read a.txt --lexicon missing.toml
    2 read a.txt --lexicon broken.toml
    2 read missing.html
    2 missing.html
    2 read www.example.com/news/1.aspx
    2 example.com/news/1
    2 read folder
    2 read binary.html
    3 read empty.html
    3 read nav.html
    2 read ftp://a.example/
    2 read http://
    2 read http://[::1
    6 read http://127.0.0.1:9/
    6 read http://127.0.0.1:9/ --allow-private
    2 voices install nosuch
    2 voices list
    2 cache
    2 cache prune
    2 cache prune --max-bytes x
    2 keys new a/b
    2 keys new a --scope x
    2 serve --port x
    2 serve --podcast missing
    2 worker
    2 demo --voice nosuch --no-open
    7 serve --port TAKEN
    7 demo --no-open --port TAKEN
    2 podcast
    2 {SHOW} missing.html
    2 {SHOW} @missing
    2 {SHOW} a.txt --cover a.txt
    2 {SHOW} a.txt --intro a.txt
    2 {SHOW} a.txt --merge missing.xml
    2 {SHOW} a.txt --category nosuch
    2 {SHOW} a.txt --language q!
"""
SET = """
    5 TINGWEN_CACHE=/dev/null/x cache info
    2 TINGWEN_CACHE=nosuch://x cache info
    2 TINGWEN_CACHE=nosuch://x serve --port 0
    5 TINGWEN_CACHE=/dev/null/x serve --port 0
    2 TINGWEN_CACHE_MAX_BYTES=x cache prune
    2 TINGWEN_LEXICON=missing.toml serve --port 0
    2 TINGWEN_LEXICON=missing.toml script a.txt
    2 TINGWEN_VOICE=nosuch serve --port 0
    2 TINGWEN_BROKER=nosuch serve --port 0
    2 TINGWEN_API_KEYS=x serve --port 0
    2 TINGWEN_BASE_URL=x serve --port 0
    2 TINGWEN_ALLOW_HOSTS=!! serve --port 0
    6 HTTP_PROXY=http://127.0.0.1:9 read http://example.invalid/
    2 HTTP_PROXY=socks5://127.0.0.1:9 read http://example.invalid/
"""


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.fixture
def taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A port that another program has, in a folder with something of everything."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    Path("a.txt").write_text(ARTICLE, "utf-8")
    Path("page.html").write_text(f"<h1>台北今天放晴</h1><p>{ARTICLE}</p>", "utf-8")
    Path("nav.html").write_text("<html><nav><a href=/>首頁</a></nav></html>", "utf-8")
    Path("empty.html").write_text("", "utf-8")
    Path("binary.html").write_bytes(bytes(range(256)) * 40)
    Path("broken.toml").write_text('[words\n"x"=', "utf-8")
    Path("folder").mkdir()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


def walk(line: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit status, output and errors of one line."""
    try:
        status = run(shlex.split(line))
    except SystemExit as ended:
        status = int(ended.code or 0)
    told = capfd.readouterr()
    return status, told.out, told.err


def check_language(language: str, text: str) -> None:
    for line in text.splitlines():
        plain = QUOTED.sub("", line)
        assert not (SENTENCE if language == "zh-TW" else HAN).search(plain), line


@pytest.mark.parametrize("language", ["zh-TW", "en"])
@pytest.mark.usefixtures("taken")
def test_what_is_right_is_told_in_the_users_language(
    language: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGWEN_LANG", language)
    for line in lines_of(RIGHT):
        status, out, err = walk(line, capfd)
        assert (status, err) in ((0, ""), (int(line == "doctor"), "")), line
        assert out, line
        if language == "zh-TW" or not re.search(r"\.txt|\.html|^voices|^doctor", line):
            check_language(language, out.replace("注音", ""))


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_what_is_wrong_is_one_line_in_the_users_language(
    language: str, taken: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGWEN_LANG", language)
    for wanted, _, line in (told.partition(" ") for told in lines_of(WRONG)):
        status, out, err = walk(line.replace("TAKEN", taken).replace("NAME", "x" * 300), capfd)
        assert (status, err[:7]) == (int(wanted), "tingwen"), (line, out, err)
        check_told(language, err, n_lines=1 + line.startswith("podcast"))


@pytest.mark.parametrize("language", ["zh-TW", "en"])
@pytest.mark.usefixtures("taken")
def test_so_is_what_is_set_wrong(
    language: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGWEN_LANG", language)
    for wanted, setting, line in (told.split(" ", 2) for told in lines_of(SET)):
        name, _, value = setting.partition("=")
        with monkeypatch.context() as changed:
            changed.setenv(name, value)
            status, out, err = walk(line, capfd)
        assert (status, out) == (int(wanted), ""), (setting, line, out, err)
        check_told(language, err)


def check_told(language: str, err: str, n_lines: int = 1) -> None:
    """Errors in one line; an episode that fails is told in one, and then what came of all."""
    assert 1 <= len(err.splitlines()) <= n_lines, err
    check_language(language, err)
    if language == "zh-TW":
        assert HAN.search(err), err
        # What others said of it stands in parentheses, however long.
        bare = [re.sub("（.*）", "", line) for line in err.splitlines()]
        assert all(width(line) <= COLUMNS + 5 for line in bare), err  # no fact below 40
