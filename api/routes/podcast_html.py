"""The pages of a podcast's folder, as HTML: its episodes, and an episode with its player."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from api.routes.page_words import LANG, in_language
from reader.captions import timestamp
from reader.messages.language import Language
from reader.podcast.record import Record

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_PAGE: Final = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{up}icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{up}pages.css">
<link rel="alternate" type="application/rss+xml" title="{show}" href="{up}podcast/feed.xml">
{scripts}
</head>
<body class="{kind}" data-page="{page}">
<header>{back}</header>
<main>
{body}
</body>
</html>
"""
_LISTEN: Final = """<p id="reader" class="kicker">{ai}</p>
<p id="keep" class="keep" hidden></p>
<p id="replaced" class="notice" hidden></p>
<p id="notice" class="notice" role="status"></p>
<div id="head">
{head}</div>
<article id="article" {names}>
{text}</article>
<noscript><audio controls preload="none" src="{audio}"></audio></noscript>
<section id="after" class="after" hidden></section>
</main>
<div id="dock" class="dock"></div>"""
"""What `/app.js` finds on every page that is listened to, as in `static/listen.html`."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Channel of the feed: what it says of the show."""

    title: str
    author: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of an episode."""

    paragraphs: Sequence[str]
    headings: frozenset[str]
    """Paragraphs that head others."""
    sentences: Mapping[float, int]
    """Number of the sentence that begins at a time."""


def overview(
    show: Channel, records: Sequence[Record], page: int, n_pages: int, language: Language
) -> str:
    """A page of episodes, newest first."""
    about = "".join(
        f'<p class="{name}">{escape(text)}</p>'
        for name, text in (("soft", show.author), ("about", show.description))
        if text and text != show.title
    )
    rows = "".join(_row(record, show.title, language) for record in records)
    body = (
        '<div class="show"><img src="cover-small.jpg" alt="" width="132" height="132">'
        f"<div><h1>{escape(show.title)}</h1>{about}"
        f'<p class="row">{_play_all("▶ 依序播放", language) if records else ""}'
        f'<a class="pill" href="feed.xml">{in_language("訂閱（RSS）", language)}</a></p>'
        "</div></div>\n"
        f'<ol class="episodes">\n{rows}</ol>\n{_turn(page, n_pages, language)}'
    )
    if not records:
        body += f'<p class="soft">{in_language("還沒有任何一集。", language)}</p>'
    back = f'<a href="../">{in_language("聽聞", language)}</a>'
    return _page("podcast", (show.title, show.title), back, f"{body}\n</main>", language)


def episode(show: Channel, record: Record, words: Words, language: Language) -> str:
    """The words of an episode, the places to jump to, and the player."""
    spoken = list(words.paragraphs)
    head = f"<h1>{escape(record.title)}</h1>\n{_meta(record, language)}"
    if not record.articles:  # of an article, the headline and byline are read as well
        spoken = spoken[1:] if spoken[:1] == [record.title] else spoken
        spoken = spoken[1:] if record.byline and spoken[:1] == [record.byline] else spoken
    blocks = "".join(
        f"<h2>{escape(text)}</h2>\n" if text in words.headings else f"<p>{escape(text)}</p>\n"
        for text in spoken
    )
    above, text = ("", head + blocks)
    if record.articles:
        above, text = head + _contents(record, words.sentences, language), blocks
    body = _LISTEN.format(
        ai=in_language("AI 合成語音", language),
        head=above,
        names=_data(
            id=record.guid, src=f"../{record.path('.mp3')}", headline=record.title,
            captions=f"../{record.path('.vtt')}", source=show.title,
        ),
        text=text,
        audio=escape(f"../{record.path('.mp3')}"),
    )  # fmt: skip
    back = f'<a href="../">{escape(show.title)}</a>'
    title = f"{record.title}｜{show.title}"
    return _page("listen podcast", (title, show.title), back, body, language)


def _page(kind: str, titles: tuple[str, str], back: str, body: str, language: Language) -> str:
    """`titles` are those of the page and of the show."""
    title, show = map(escape, titles)
    is_list = kind == "podcast"
    up, page = ("../", "podcast") if is_list else ("../../", "listen")
    names = ("app.js",) if is_list else ("player.js", "app.js")
    scripts = "\n".join(f'<script type="module" src="{up}{name}"></script>' for name in names)
    return _PAGE.format(
        kind=kind, title=title, show=show, back=back, body=body, up=up, lang=LANG[language],
        page=page, scripts=scripts,
    )  # fmt: skip


def _row(record: Record, show: str, language: Language) -> str:
    day = _day(record, language)
    seconds = f"{record.duration_s:.1f}"
    lead = "" if record.lead == record.title else f"<span>{escape(record.lead)}</span>"
    return (
        f"<li {_data(id=record.guid, headline=record.title, source=show, duration=seconds)}>"
        f'<a href="listen/{record.guid}"><strong>{escape(record.title)}</strong>{lead}</a>'
        f'<p class="soft">{day}<span>{_clock(record.duration_s)}</span></p></li>\n'
    )


def _turn(page: int, n_pages: int, language: Language) -> str:
    """Links to the pages before and after."""
    names = [in_language(name, language) for name in ("較新的節目", "較舊的節目", "頁")]
    newer = f'<a rel="prev" href="?page={page - 1}">{names[0]}</a>' if page > 1 else ""
    older = f'<a rel="next" href="?page={page + 1}">{names[1]}</a>' if page < n_pages else ""
    return (
        f'<nav class="turn" aria-label="{names[2]}">{newer}{older}</nav>\n'
        if newer or older
        else ""
    )


def _meta(record: Record, language: Language) -> str:
    parts = [escape(record.byline)] if record.byline else []
    parts += [_day(record, language), _clock(record.duration_s)]
    if record.link.startswith(("http://", "https://")):
        original = in_language("閱讀原文", language)
        parts.append(f'<a href="{escape(record.link)}" rel="noreferrer">{original}</a>')
    return f'<p class="byline">{"".join(f"<span>{part}</span>" for part in parts)}</p>\n'


def _contents(record: Record, sentences: Mapping[float, int], language: Language) -> str:
    rows = "".join(
        f'<li><a href="#s={sentences.get(chapter.start_s, 0)}">{escape(chapter.title)}</a>'
        f"<small>{_clock(chapter.start_s)}</small></li>\n"
        for chapter in record.articles
    )
    label = in_language("本集內容", language)
    start = f'<p class="row">{_play_all("▶ 全部播放", language)}</p>\n'
    return f'{start}<nav class="contents" aria-label="{label}"><ol>\n{rows}</ol></nav>\n'


def _play_all(words: str, language: Language) -> str:
    label = in_language(words, language)
    return f'<button type="button" class="main" data-play-all>{label}</button>'


def _data(**values: str) -> str:
    """Attributes that scripts read."""
    return " ".join(f'data-{name}="{escape(value)}"' for name, value in values.items())


def _day(record: Record, language: Language) -> str:
    day = datetime.fromisoformat(record.published)
    shown = f"{day.year}年{day.month}月{day.day}日"
    if language is Language.ENGLISH:
        shown = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f'<time datetime="{escape(record.published)}">{shown}</time>'


def _clock(seconds: float) -> str:
    """`3:05`, `1:02:05`."""
    return timestamp(int(seconds)).split(".")[0].removeprefix("00:").removeprefix("0")
