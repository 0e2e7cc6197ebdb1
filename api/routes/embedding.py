"""The player on other people's sites: a page for an iframe, and oEmbed to find it."""

from __future__ import annotations

import re
from html import escape
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from api.dependencies import find_article, service_of
from api.refusal import Refusal
from api.routes import examples
from api.routes.error_html import write_error_page
from api.routes.listen_html import title_of
from api.routes.page_headers import POLICY
from api.routes.page_words import page_file
from api.routes.pages import ArticleId, base_url
from reader.errors import Withdrawn
from reader.messages.language import Language

router = APIRouter(tags=["embedding"])
_PAGE: Final = re.compile(r"/(?:listen|embed)/([0-9a-f]{32})/?$")
_WIDE_PX: Final = 560
"""From this width on the player stands in two rows; api/player/controls.css has the same number."""
_HEIGHT_PX: Final = 90
_NARROW_HEIGHT_PX: Final = 126
_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": f"{POLICY}; frame-ancestors *",
    "X-Content-Type-Options": "nosniff",
}


class OEmbedModel(BaseModel):
    """A rich oEmbed answer (oembed.com, 2.3.4.4)."""

    version: Literal["1.0"] = "1.0"
    type: Literal["rich"] = "rich"
    title: str
    provider_name: str
    provider_url: str
    html: str
    width: int
    height: int


@router.get("/embed/{article_id}", include_in_schema=False)
@router.head("/embed/{article_id}", include_in_schema=False)
async def embed(
    request: Request,
    article_id: ArticleId,
    theme: Literal["light", "dark"] | None = None,
    lang: Literal["zh-Hant", "en"] = "zh-Hant",
) -> HTMLResponse:
    """The player alone. `#s=12` at the end of its address begins with that sentence."""
    language = Language.ENGLISH if lang == "en" else Language.CHINESE
    try:
        await service_of(request).withdrawing.require_none(article_id)
    except Withdrawn:
        gone = write_error_page(410, "/embed/", language)
        return HTMLResponse(gone, status_code=410, headers=_HEADERS)
    page = page_file("embed.html", language).body.decode()
    page = page.replace("<tingwen-player>", _player_of(article_id))
    page = re.sub('<html lang="[^"]*"', f'<html lang="{lang}" class="{theme or ""}"', page)
    return HTMLResponse(page, headers=_HEADERS)


def _player_of(article_id: str) -> str:
    """What is shared is the page of the article, not that of the frame."""
    return f'<tingwen-player article="{article_id}" share-url="../listen/{article_id}">'


@router.get(
    "/oembed",
    summary="Find the player of a page",
    responses={
        200: examples.answer("A rich answer.", "application/json", examples.OEMBED),
        501: {"description": "Only JSON is served."},
    },
)
async def oembed(
    request: Request,
    url: Annotated[str, Query(description="The address of a /listen or /embed page.")],
    maxwidth: Annotated[int, Query(ge=1, description="Pixels that there is room for.")] = 640,
    format: Annotated[Literal["json", "xml"], Query(description="`json`; 501 for `xml`.")] = "json",
) -> OEmbedModel:
    """oEmbed 1.0: what a site such as WordPress needs to show the player where somebody pasted the
    address of an article's page on this service.
    """
    if format == "xml":
        raise Refusal(501, "oembed-format")
    base = base_url(request)
    netloc, path = _netloc_and_path(url)
    page = _PAGE.search(path)
    found = None
    if page and netloc == urlsplit(base).netloc:
        found = await find_article(request, page[1])
    if page is None or found is None:
        raise Refusal(404, "oembed-url")
    width = min(maxwidth, 640)
    height = _HEIGHT_PX if width >= _WIDE_PX else _NARROW_HEIGHT_PX
    title = title_of(found)
    return OEmbedModel(
        title=title,
        provider_name="聽聞",
        provider_url=base,
        html=(
            f'<iframe src="{escape(base)}/embed/{page[1]}" width="{width}" height="{height}" '
            'style="border:0;width:100%" loading="lazy" '
            'allow="autoplay; web-share; clipboard-write" '
            f'title="{escape(f"聽新聞：{title}")}"></iframe>'
        ),
        width=width,
        height=height,
    )


def _netloc_and_path(url: str) -> tuple[str, str]:
    """What is compared of an address; nothing of one that cannot be taken apart."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.netloc, parts.path
