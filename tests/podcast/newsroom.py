"""Articles, a podcast of them, and readers of feeds that are not ours."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from audio_cache import Cache
from reader.narration.narrator import Narrator, ReadOptions
from reader.podcast import Folder, Outcome, PodcastMaker, PodcastOptions, Show, Watcher
from reader.script import Lexicon
from reader.voices import Voice
from tests.pipeline.voices import voices

SHOW = Show(
    title="慢車電台「晨間」& 🎧",
    base_url="https://pod.example/show",
    author="慢車編輯室",
    email="radio@pod.example",
    funding_url="https://pod.example/give",
)
OLD_FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:x="urn:x"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>old</title>
<podcast:guid>11111111-2222-5333-8444-555555555555</podcast:guid>
<podcast:txt purpose="verify">a proof</podcast:txt><x:show b="2"/>
<itunes:applepodcastsverify>another</itunes:applepodcastsverify>
<itunes:new-feed-url>https://gone.example/</itunes:new-feed-url><!-- a comment -->
<item><title>舊的一集</title><guid>old-1</guid><pubDate>Sat, 02 May 2026 09:00:00 +0800</pubDate>
<enclosure url="https://old.example/1.mp3" length="5" type="audio/mpeg"/><x:own a="1">?</x:own>
</item></channel></rss>"""
"""A feed of another program."""
OPTIONS = PodcastOptions(SHOW, ReadOptions(voice="tone", fallback=False), disclosure=False)


def write_article(folder: Path, number: int, *, title: str = "", text: str = "") -> Path:
    """A page with a headline, two paragraphs and a subhead between them."""
    title = title or f"第{number}號列車「準點」進站"
    text = text or f"第{number}號列車今天準點進站，月台上的旅客拍手叫好，站長也親自出來迎接。"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"news{number:04}.html"
    path.write_text(
        f"""<!doctype html><html lang="zh-Hant"><head><meta charset="utf-8">
<title>{escape(title)}</title>
<meta property="article:published_time" content="2026-05-{number % 28 + 1:02}T08:00:00+08:00">
</head><body><article><h1>{escape(title)}</h1><p>{escape(text)}</p><h2>旅客的話</h2>
<p>一名旅客表示，他每天搭這班車上班，已經搭了{number + 3}年。他說，希望列車天天都這麼準時。</p>
</article></body></html>""",
        encoding="utf-8",
    )
    return path


async def make(
    out: Path,
    *sources: Path | str,
    voice: Voice,
    cache: str = "",
    watcher: Watcher | None = None,
    **changes: Any,
) -> Outcome:
    """One run of the maker."""
    opened = Cache.open(cache)
    narrator = Narrator(opened, voices(tone=voice))
    options = replace(OPTIONS, **changes)
    maker = PodcastMaker(Folder(out), narrator, opened, options, Lexicon.empty(), watcher)
    return await maker.run([str(source) for source in sources])


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path, but for the table that is made anew at will."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("index.db")
    }
