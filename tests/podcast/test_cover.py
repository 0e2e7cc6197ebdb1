"""The artwork: drawn as hosts want it, checked where it is given."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from reader.errors import BadOptions
from reader.podcast import fonts
from reader.podcast.cover import checked, drawn
from reader.podcast.fonts import found_font
from tests.pipeline.voices import Tone
from tests.podcast.newsroom import SHOW, make, write_article


def test_a_drawn_cover_is_what_apple_asks_for() -> None:
    font = found_font()
    assert font is not None, "the tests install fonts-noto-cjk"
    data = drawn(SHOW.title, SHOW.author, font)
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size, image.mode) == ("PNG", (3000, 3000), "RGB")
        lowest = image.crop((0, 2400, 3000, 3000))
        assert len(lowest.getcolors() or ()) == 1, "players cover the lowest fifth"
    assert len(data) < 512_000
    assert data == drawn(SHOW.title, SHOW.author, font), "the same every time"
    assert font.printable("聽聞🎧 A") == "聽聞 A"


async def test_without_a_chinese_font_the_cover_has_no_words_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_folders", lambda: (tmp_path / "nothing",))
    outcome = await make(tmp_path / "out", write_article(tmp_path, 1), voice=Tone())
    assert "fonts-noto-cjk" in str(outcome.notes[0])
    assert (tmp_path / "out" / "cover.png").is_file()


@pytest.mark.parametrize(
    ("size", "mode", "kind"),
    [
        ((1399, 1399), "RGB", "PNG"),
        ((3001, 3001), "RGB", "JPEG"),
        ((1400, 1500), "RGB", "PNG"),
        ((1400, 1400), "RGBA", "PNG"),
        ((1400, 1400), "RGB", "GIF"),
    ],
)
def test_a_cover_that_hosts_would_refuse(
    tmp_path: Path, size: tuple[int, int], mode: str, kind: str
) -> None:
    path = tmp_path / "cover"
    Image.new(mode, size).save(path, kind)
    with pytest.raises(BadOptions):
        checked(path)


def test_a_cover_that_hosts_accept(tmp_path: Path) -> None:
    path = tmp_path / "cover.jpg"
    Image.new("RGB", (1400, 1400), (9, 9, 9)).save(path)
    assert checked(path) == (path.read_bytes(), ".jpg")
