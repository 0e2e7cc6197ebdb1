"""The pages for people: paste an article, listen to it; and the files that they are made of."""

from __future__ import annotations

import re
from html import escape
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi import Path as PathParam
from fastapi.responses import HTMLResponse, Response

from api.dependencies import service_of
from api.headlines import headline_of
from api.routes.page_words import in_language, page_file, page_language
from api.routes.static_files import static_file
from api.service import Found
from reader.messages.language import Language

router = APIRouter(include_in_schema=False)
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_LANGUAGE_HEADERS: Final = {**_HEADERS, "Vary": "Accept-Language"}
_FILE_HEADERS: Final = {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
_FILES: Final = ("player.js", "app.js", "pages.css", "icon.svg", "artwork.png")

ArticleId = Annotated[str, PathParam(pattern="^[0-9a-f]{32}$")]


@router.get("/")
@router.head("/")
async def home(request: Request) -> Response:
    page = page_file("home.html", page_language(request))
    return page.response(request, _LANGUAGE_HEADERS)


@router.get("/listen/{article_id}")
@router.head("/listen/{article_id}")
async def listen(request: Request, article_id: ArticleId) -> HTMLResponse:
    """One page for every article; what links to it shows is written into its head."""
    found = await service_of(request).find(article_id)
    language = page_language(request)
    page = page_file("listen.html", language).body.decode()
    if found is None:
        return HTMLResponse(page, status_code=404, headers=_LANGUAGE_HEADERS)
    head = _head(base_url(request), article_id, title_of(found), language)
    page = re.sub("<title>.*</title>", lambda _: head, page, count=1)
    return HTMLResponse(page, headers=_LANGUAGE_HEADERS)


def base_url(request: Request) -> str:
    """Where the service is seen from outside, without a slash at the end."""
    return service_of(request).settings.base_url or str(request.base_url).rstrip("/")


def title_of(found: Found) -> str:
    """The headline of a narration, finished or in the making."""
    if found.narration is not None:
        return headline_of(found.narration.title, found.narration.paragraphs)
    script = found.job.script if found.job is not None else None
    return headline_of(script.title, script.paragraphs) if script is not None else ""


def _head(base: str, article_id: str, title: str, language: Language) -> str:
    page_url = f"{base}/listen/{article_id}"
    oembed = f"{base}/oembed?url={quote(page_url, safe='')}"
    audio = f"{base}/v1/articles/{article_id}/audio.mp3"
    shown = escape(title or in_language("聽新聞", language))
    app = in_language("聽聞", language)
    return "\n".join(
        (
            f"<title>{shown}｜{app}</title>",
            f'<link rel="alternate" type="application/json+oembed" href="{escape(oembed)}">',
            f'<meta property="og:title" content="{shown}">',
            '<meta property="og:type" content="article">',
            f'<meta property="og:url" content="{escape(page_url)}">',
            f'<meta property="og:image" content="{escape(base)}/artwork.png">',
            f'<meta property="og:audio" content="{escape(audio)}">',
        )
    )


def _serve(name: str) -> None:
    found = static_file(name)

    @router.get(f"/{name}", name=name)
    @router.head(f"/{name}", name=name)
    async def file(request: Request) -> Response:
        return found.response(request, _FILE_HEADERS)


for _name in _FILES:
    _serve(_name)
