"""`/podcast/`: a folder that `tingwen podcast` made, with a page and a player for each episode."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as PathParam
from fastapi.responses import FileResponse, HTMLResponse
from lxml import html

from api.dependencies import service_of
from api.refusal import Refusal
from api.routes import podcast_html
from api.routes.conditional import or_unchanged
from api.routes.page_headers import POLICY
from api.routes.page_words import page_language
from api.routes.pages import base_url
from reader.errors import BadOptions
from reader.podcast import Folder, cover
from reader.podcast.dates import in_utc
from reader.podcast.elements import ATOM, ITUNES, parsed
from reader.podcast.folder import FIRST_PAGE
from reader.podcast.record import Record

router = APIRouter(prefix="/podcast", include_in_schema=False)
_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
_TYPES: Final = {
    ".xml": "application/rss+xml",
    ".mp3": "audio/mpeg",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json+chapters",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
_GUID: Final = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_CUE: Final = re.compile(r"(?m)^(\d+).*\n(\d+):(\d\d):(\d\d\.\d{3}) -->")
"""Number and beginning of a cue."""
_SHOWN_CHARS: Final = 200
"""Of a path that is not there."""
_PLACES: Final = ("episodes/", "cover.", "feed.xml", "feed-")
"""What a feed names of its folder."""
_EPISODES: Final = 50
"""On a page."""


def check_folder(path: str) -> str:
    """The folder, if it is one that `tingwen podcast` made. Raises BadOptions."""
    if not (Path(path) / "feed.xml").is_file() or not (Path(path) / ".tingwen").is_dir():
        raise BadOptions("podcast-folder-bad", folder=path)
    return path


def _folder(request: Request) -> Folder:
    return Folder(Path(service_of(request).settings.podcast))


@router.get("/")
def overview(request: Request, page: Annotated[int, Query(ge=1)] = 1) -> HTMLResponse:
    """The episodes, newest first."""
    folder = _folder(request)
    records = sorted(folder.records(), key=lambda r: (in_utc(r.published), -r.order), reverse=True)
    n_pages = max(1, -(-len(records) // _EPISODES))
    if page > n_pages:
        raise Refusal(404, "podcast-page-unknown", n_pages=n_pages)
    language = page_language(request)
    shown = records[(page - 1) * _EPISODES : page * _EPISODES]
    return _answer(podcast_html.overview(_show(folder), shown, page, n_pages, language))


@router.get("/listen/{guid}")
def listen(request: Request, guid: Annotated[str, PathParam(pattern=_GUID)]) -> HTMLResponse:
    """The words of an episode, and its player."""
    folder = _folder(request)
    record = folder.record(guid)
    if record is None:
        raise Refusal(404, "episode-unknown", guid=guid)
    words, language = _words(folder, record), page_language(request)
    return _answer(podcast_html.episode(_show(folder), record, words, language))


@router.get("/cover-small.jpg")
def artwork(request: Request) -> Response:
    """The cover in the size that the page shows."""
    folder = _folder(request)
    image = _channel(folder).find(f"{ITUNES}image")
    name = image.get("href", "").rsplit("/", 1)[-1] if image is not None else ""
    path = folder.root / name
    if not name or not path.is_file():
        raise Refusal(404, "podcast-no-cover")
    return Response(_small(path, path.stat().st_mtime_ns), media_type="image/jpeg")


@lru_cache(maxsize=2)
def _small(path: Path, _modified: int) -> bytes:
    return cover.small(path.read_bytes())


@router.get("/{path:path}")
@router.head("/{path:path}")
def file(request: Request, path: str) -> Response:
    """A file of the folder, with Range; nothing hidden, nothing outside of it."""
    wanted = _find_file(Path(service_of(request).settings.podcast), path)
    if wanted is None:
        raise Refusal(404, "podcast-no-file", path=path[:_SHOWN_CHARS])
    headers = {"X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*"}
    kind = _TYPES[wanted.suffix]
    if wanted.suffix == ".xml":
        return _feed(request, wanted.read_bytes(), headers)
    found = FileResponse(wanted, media_type=kind, headers=headers, stat_result=wanted.stat())
    return or_unchanged(request, found)


def _feed(request: Request, data: bytes, headers: dict[str, str]) -> Response:
    """A page of the feed whose files are where this service has them, wherever the folder will be
    found later: what is named under `--base-url` may not be there yet."""
    here = f"{base_url(request)}/podcast"
    links = parsed(data).findall(f"channel/{ATOM}link")
    self_link = next((link.get("href", "") for link in links if link.get("rel") == "self"), "")
    there = self_link.rpartition("/")[0]
    if there and there != here:
        for place in _PLACES:
            for mark in (b'"', b">"):
                old, new = (mark + escape(f"{base}/{place}").encode() for base in (there, here))
                data = data.replace(old, new)
    tag = f'"{hashlib.sha256(data).hexdigest()}"'
    found = Response(
        data,
        media_type=_TYPES[".xml"],
        headers={**headers, "ETag": tag, "Cache-Control": "no-cache"},
    )
    return or_unchanged(request, found)


def _find_file(folder: Path, path: str) -> Path | None:
    """The file that may be shown under `path`. What no system takes for a name (a NUL, one of
    thousands of characters) is none."""
    try:
        root = folder.resolve()
        wanted = (root / path).resolve()
        is_hidden = any(part.startswith(".") for part in Path(path).parts)
        is_inside = wanted.is_relative_to(root) and wanted.is_file()
    except (ValueError, OSError):
        return None
    return wanted if is_inside and not is_hidden and wanted.suffix in _TYPES else None


def _answer(page: str) -> HTMLResponse:
    return HTMLResponse(page, headers={**_HEADERS, "Vary": "Accept-Language"})


def _words(folder: Folder, record: Record) -> podcast_html.Words:
    """Of the transcript, the chapters (the first is the headline or the opening), the captions."""
    transcript = folder.read(record.path(".html")) or b"<p></p>"
    chapters = json.loads(folder.read(record.path(".chapters.json")) or b'{"chapters": []}')
    captions = (folder.read(record.path(".vtt")) or b"").decode("utf-8", "replace")
    return podcast_html.Words(
        [p.text_content() for p in html.fromstring(transcript).iter("p")],
        frozenset(chapter["title"] for chapter in chapters["chapters"][1:]),
        {
            int(h) * 3600 + int(m) * 60 + float(s): int(number)
            for number, h, m, s in reversed(_CUE.findall(captions))
        },
    )


def _show(folder: Folder) -> podcast_html.Channel:
    channel = _channel(folder)
    title, author, about = (
        channel.findtext(name) or "" for name in ("title", f"{ITUNES}author", "description")
    )
    return podcast_html.Channel(title or "聽聞", author, about)


def _channel(folder: Folder) -> Any:
    """What the feed says of the show."""
    root = parsed(folder.read(FIRST_PAGE) or b"<rss/>")
    channel = root.find("channel")
    return root if channel is None else channel
