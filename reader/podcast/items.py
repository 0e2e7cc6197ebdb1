"""An episode as an item of the feed."""

from __future__ import annotations

from collections.abc import Container
from html import escape
from typing import Any, Final

from lxml import etree

from reader.captions import timestamp
from reader.podcast import dates
from reader.podcast.elements import CONTENT, ITUNES, PODCAST, add, add_cdata, cleaned
from reader.podcast.index import Listed
from reader.podcast.options import Show
from reader.podcast.record import Record
from reader.stitch import Chapter

_TITLE_CHARS: Final = 255
_TRANSCRIPTS: Final = (
    (".vtt", "text/vtt", "captions"),
    (".srt", "application/x-subrip", "captions"),
    (".html", "text/html", ""),
)


def item_of(listed: Listed, show: Show) -> Any:
    """The `<item>` of a finished episode; of what goes with its sound, nothing missing is named."""
    record = listed.record
    item = etree.Element("item")
    title = _short(record.title)
    add(item, "title", title)
    if record.link:
        add(item, "link", record.link)
    guid = add(item, "guid", record.guid)
    guid.set("isPermaLink", "false")
    add(item, "pubDate", dates.rfc822(record.published))
    about = record.lead or record.title
    about = f"{about} {record.disclosure}" if record.disclosure else about
    add_cdata(item, "description", escape(about, quote=False))
    add_cdata(item, f"{CONTENT}encoded", _notes(record))
    etree.SubElement(
        item,
        "enclosure",
        url=show.url_of(record.path(".mp3")),
        length=str(record.audio_bytes),
        type="audio/mpeg",
    )
    add(item, f"{ITUNES}title", title)
    add(item, f"{ITUNES}duration", str(max(1, round(record.duration_s))))
    add(item, f"{ITUNES}explicit", "true" if show.explicit else "false")
    add(item, f"{ITUNES}episodeType", "full")
    if record.image and record.image[-4:] not in listed.missing:
        etree.SubElement(item, f"{ITUNES}image", href=cleaned(show.url_of(record.image)))
    for name, number in (("season", record.season), ("episode", record.number)):
        if number:
            add(item, f"{ITUNES}{name}", str(number))
            add(item, f"{PODCAST}{name}", str(number))
    if record.byline:
        add(item, f"{ITUNES}author", record.byline)
    _podcast(item, record, show, listed.missing)
    return item


def _podcast(item: Any, record: Record, show: Show, missing: Container[str]) -> None:
    for suffix, media_type, rel in _TRANSCRIPTS:
        if suffix in missing:
            continue
        transcript = etree.SubElement(
            item,
            f"{PODCAST}transcript",
            url=show.url_of(record.path(suffix)),
            type=media_type,
            language=show.language,
        )
        if rel:
            transcript.set("rel", rel)
    if ".chapters.json" not in missing:
        url = show.url_of(record.path(".chapters.json"))
        etree.SubElement(item, f"{PODCAST}chapters", url=url, type="application/json+chapters")
    if record.byline:
        person = add(item, f"{PODCAST}person", record.byline)
        person.set("group", "writing")
        person.set("role", "author")


def _notes(record: Record) -> str:
    """The show notes: HTML of the few elements that every app shows."""
    parts = [f"<p>{escape(record.byline)}</p>"] if record.byline else []
    if record.articles:
        parts += ["<ul>", *map(_heard_at, record.articles), "</ul>"]
    elif record.lead:
        parts.append(f"<p>{escape(record.lead)}</p>")
    if record.link:
        parts.append(f'<p><a href="{escape(cleaned(record.link))}">閱讀原文</a></p>')
    if record.disclosure:
        parts.append(f"<p>{escape(record.disclosure)}</p>")
    return "".join(parts)


def _heard_at(chapter: Chapter) -> str:
    """A line that Apple's and Spotify's apps make a place to jump to: the time, then the title."""
    clock = timestamp(chapter.start_s).split(".")[0].removeprefix("00:")
    link = f' <a href="{escape(cleaned(chapter.link))}">原文</a>' if chapter.link else ""
    return f"<li>{clock} {escape(chapter.title)}{link}</li>"


def _short(title: str) -> str:
    """Apple shows 255 characters of a title at most."""
    return title if len(title) <= _TITLE_CHARS else f"{title[: _TITLE_CHARS - 1]}…"
