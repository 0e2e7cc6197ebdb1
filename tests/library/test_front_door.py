"""The door for Python programs: sources of every kind, options, progress, the examples in docs."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest

import reader
from reader.errors import BadOptions, NoArticle, SourceUnreadable
from tests.conftest import EXAMPLES

pytestmark = pytest.mark.usefixtures("embedded_voice")

PAGE = "<html><body><article><h1>台北今天放晴</h1><p>{}</p></article></body></html>".format(
    "氣象署表示，各地氣溫回升，白天高溫可達二十八度，北部早晚仍涼，外出請加件薄外套。"
)
TEXT = "台北今天放晴\n\n氣象署表示，各地氣溫回升。"


def examples() -> list[str]:
    text = (EXAMPLES.parent / "docs" / "python.md").read_text(encoding="utf-8")
    return re.findall(r"(?ms)^```python\n(.*?)^```$", text)


@pytest.fixture(scope="module")
def spoken_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for all examples: a sentence of two is spoken once."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(len(examples())))
def test_the_documented_examples_run(
    number: int, spoken_before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TINGWEN_CACHE", str(spoken_before))
    monkeypatch.setenv("TINGWEN_EDGE_ATTEMPTS", "1")  # of `auto`, where nobody listens
    exec(compile(examples()[number], f"docs/python.md, example {number + 1}", "exec"), {})
    for name in re.findall(r'"(\w+\.(?:mp3|flac|vtt))"', examples()[number]):
        assert (tmp_path / name).stat().st_size > 50


def test_importing_the_door_imports_nothing_heavy() -> None:
    code = "import sys, reader; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = done.stdout.split()
    ours = {name for name in loaded if name.partition(".")[0] in ("reader", "audio_cache", "api")}
    assert ours == {"reader"}
    assert {"numpy", "lxml", "httpx", "asyncio"}.isdisjoint(loaded)


@pytest.mark.parametrize("name", reader.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(getattr(reader, name), "__name__", "Source") == name
    assert name in dir(reader)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="make_reader"):
        reader.make_reader  # noqa: B018  # type: ignore[attr-defined]


def test_every_kind_of_source_is_recognised(tmp_path: Path) -> None:
    page, plain = tmp_path / "page.html", tmp_path / "plain"
    page.write_text(PAGE, encoding="utf-8")
    plain.write_text(TEXT, encoding="utf-8")
    for source in (PAGE, f"\n {PAGE}", page, str(page), TEXT, plain, str(plain)):
        article = reader.read_article(source)
        assert article.paragraphs[-1].text.startswith("氣象署表示，各地氣溫回升")
    assert reader.read_article(article) == article


@pytest.mark.parametrize("source", ["gone.html", "新聞 1.TXT", "ftp://example.org/a", Path("gone")])
def test_what_looks_like_a_file_or_an_address_is_not_read_aloud(source: str | Path) -> None:
    with pytest.raises(SourceUnreadable):
        reader.read_article(source)


@pytest.mark.parametrize("source", ["氣" * 5000, "今天放晴\0。", "今天放晴。"])
def test_text_is_text_however_odd_it_is_as_a_path(source: str) -> None:
    assert reader.read_article(source, reader.SourceOptions(mode="text")).paragraphs


def test_nothing_to_say_is_no_article() -> None:
    with pytest.raises(NoArticle):
        reader.write_script("※※※", reader.SourceOptions(mode="text"))


def test_options_are_checked_when_they_are_made(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('"輝達" = "ㄏㄨㄟ ㄉㄚˊ"\n', encoding="utf-8")
    script = reader.write_script("輝達放晴。", reader.SourceOptions(lexicon=words, title="題"))
    assert (script.title, script.utterances[-1].readings[0].syllables) == ("題", ("hui1", "da2"))
    for wrong in (
        {"rate_percent": 200},
        {"voice": " "},
        {"mode": "none"},
        {"loudness_lufs": 3.0},
        {"mix": True, "fallback": False},
        {"lexicon": tmp_path / "gone.toml"},
    ):
        with pytest.raises(BadOptions):
            reader.NarrateOptions(**wrong)  # type: ignore[arg-type]
    with pytest.raises(BadOptions):
        reader.narrate(TEXT, tmp_path / "out.nosuch")


def test_progress_is_told_of_each_sentence_and_a_known_narration_is_only_written(
    tmp_path: Path,
) -> None:
    options = reader.NarrateOptions(voice="baker")
    told: list[tuple[int, int]] = []

    def remember(progress: reader.Progress) -> None:
        told.append((progress.n_done, progress.n_total))

    first = reader.narrate(TEXT, tmp_path / "a.mp3", options, on_progress=remember)
    assert told == [(1, 2), (2, 2)]
    again = asyncio.run(reader.narrate_async(TEXT, tmp_path / "b.mp3", options))
    assert again.id == first.id
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


async def test_inside_a_loop_the_other_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="narrate_async"):
        reader.narrate(TEXT, tmp_path / "a.mp3")
