"""`/podcast/`: a folder that `tingwen podcast` made, with a page and a player for each episode."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Request
from fastapi import Path as PathParam
from fastapi.responses import FileResponse, HTMLResponse
from lxml import html
from starlette.exceptions import HTTPException

from api.articles import service_of
from api.pages import POLICY
from reader.errors import BadOptions
from reader.podcast import Folder
from reader.podcast.dates import in_utc
from reader.podcast.elements import parsed
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
_PAGE: Final = """<!doctype html>
<html lang="zh-Hant-TW">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{up}icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{up}pages.css">
<link rel="alternate" type="application/rss+xml" href="{up}podcast/feed.xml">
<script type="module" src="{up}player.js"></script>
</head>
<body class="listen">
<header><a href="{up}podcast/">{show}</a></header>
<main>
{body}
</main>
</body>
</html>
"""


def checked_folder(path: str) -> str:
    """The folder, if it is one that `tingwen podcast` made. Raises BadOptions."""
    if not (Path(path) / "feed.xml").is_file() or not (Path(path) / ".tingwen").is_dir():
        raise BadOptions(f"--podcast {path} holds no podcast; make one with `tingwen podcast`")
    return path


def _folder(request: Request) -> Folder:
    return Folder(Path(service_of(request).settings.podcast))


@router.get("/")
def overview(request: Request) -> HTMLResponse:
    """Every episode, newest first."""
    folder = _folder(request)
    records = sorted(folder.records(), key=lambda r: (in_utc(r.published), -r.order), reverse=True)
    rows = "".join(
        f'<li><a href="listen/{r.guid}">{escape(r.title)}</a> '
        f"<small>{escape(r.published[:10])} · {_clock(r.duration_s)}</small></li>\n"
        for r in records
    )
    show = _show(folder)
    body = f'<h1>{escape(show)}</h1>\n<p><a href="feed.xml">RSS</a></p>\n<ol>\n{rows}</ol>'
    return _page(show, show, body, up="../")


@router.get("/listen/{guid}")
def listen(request: Request, guid: Annotated[str, PathParam(pattern=_GUID)]) -> HTMLResponse:
    """The words of an episode, and its player."""
    folder = _folder(request)
    record = folder.record(guid)
    if record is None:
        raise HTTPException(404, f"no episode has the id {guid}; see /podcast/")
    body = (
        f'<article id="article">\n{_words(folder, record)}</article>\n<div class="dock">'
        f'<tingwen-player src="../{record.path(".mp3")}" captions="../{record.path(".vtt")}" '
        f'headline="{escape(record.title)}" for="#article"></tingwen-player></div>'
    )
    return _page(f"{record.title}｜{_show(folder)}", _show(folder), body, up="../../")


@router.get("/{path:path}")
@router.head("/{path:path}")
def file(request: Request, path: str) -> FileResponse:
    """A file of the folder, with Range; nothing hidden, nothing outside of it."""
    root = Path(service_of(request).settings.podcast).resolve()
    wanted = (root / path).resolve()
    hidden = any(part.startswith(".") for part in Path(path).parts)
    kind = _TYPES.get(wanted.suffix)
    if hidden or kind is None or not wanted.is_relative_to(root) or not wanted.is_file():
        raise HTTPException(404, f"the podcast has no file {path}; see /podcast/")
    headers = {"X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*"}
    return FileResponse(wanted, media_type=kind, headers=headers)


def _page(title: str, show: str, body: str, up: str) -> HTMLResponse:
    page = _PAGE.format(title=escape(title), show=escape(show), body=body, up=up)
    return HTMLResponse(page, headers=_HEADERS)


def _words(folder: Folder, record: Record) -> str:
    """The paragraphs of the transcript; the headline, which is its first, as a heading."""
    transcript = folder.read(record.path(".html")) or b"<p></p>"
    texts = [p.text_content() for p in html.fromstring(transcript).iter("p")]
    blocks = [f"<h1>{escape(texts[0])}</h1>\n"] if texts else []
    return "".join([*blocks, *(f"<p>{escape(text)}</p>\n" for text in texts[1:])])


def _show(folder: Folder) -> str:
    feed = folder.read("feed.xml")
    return (parsed(feed).findtext("channel/title") if feed else "") or "聽聞"


def _clock(seconds: float) -> str:
    return f"{round(seconds) // 60}:{round(seconds) % 60:02}"
