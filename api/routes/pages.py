"""The pages for people: paste an article, listen to it; and the files that they are made of."""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import APIRouter, Request
from fastapi import Path as PathParam
from fastapi.responses import HTMLResponse, Response

from api.dependencies import find_article, service_of
from api.routes.error_html import write_error_page
from api.routes.home_html import BROUGHT, comes_from_reader, write_home_page
from api.routes.listen_html import write_listen_page
from api.routes.page_headers import PAGE_HEADERS
from api.routes.page_words import page_file, page_language
from api.routes.static_files import static_file
from api.routes.web_app import ICON_FILES
from reader.errors import Withdrawn

router = APIRouter(include_in_schema=False)
_LANGUAGE_HEADERS: Final = {**PAGE_HEADERS, "Vary": "Accept-Language"}
_BROUGHT_HEADERS: Final = {**_LANGUAGE_HEADERS, "Cache-Control": "no-store"}
_FILE_HEADERS: Final = {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
_FILES: Final = (
    "player.js",
    "ting-wen.js",
    "embed.css",
    "app.js",
    "pages.css",
    "icon.svg",
    "apple-touch-icon.png",
    "artwork.png",
    *ICON_FILES,
)

ArticleId = Annotated[str, PathParam(pattern="^[0-9a-f]{32}$")]


@router.get("/")
@router.head("/")
async def home(request: Request) -> Response:
    """The page to paste an article; what its address brings is in the field already."""
    language = page_language(request)
    brought = {name: request.query_params.get(name, "") for name in BROUGHT}
    if not any(brought.values()):
        return page_file("home.html", language).response(request, _LANGUAGE_HEADERS)
    starts = comes_from_reader(request.headers)
    page = write_home_page(brought, language, starts=starts)
    return HTMLResponse(page, headers=_BROUGHT_HEADERS)


@router.get("/help")
@router.head("/help")
@router.get("/receive")
@router.head("/receive")
async def explained(request: Request) -> Response:
    """How to use it, with the bookmark to drag; and the page that the bookmark opens."""
    name = request.url.path.rsplit("/", 1)[-1]
    return page_file(f"{name}.html", page_language(request)).response(request, _LANGUAGE_HEADERS)


@router.get("/listen/{article_id}")
@router.head("/listen/{article_id}")
async def listen(request: Request, article_id: str) -> HTMLResponse:
    """The article to read along, its player, and what links to it show in its head."""
    language = page_language(request)
    is_whole = re.fullmatch("[0-9a-f]{32}", article_id) is not None
    status, found = 404, None
    try:
        found = await find_article(request, article_id) if is_whole else None
    except Withdrawn:
        status = 410
    if found is None:
        page = write_error_page(status, "/listen/", language)
        return HTMLResponse(page, status_code=status, headers=_LANGUAGE_HEADERS)
    page = write_listen_page(found, article_id, base_url(request), language)
    return HTMLResponse(page, headers=_LANGUAGE_HEADERS)


def base_url(request: Request) -> str:
    """Where the service is seen from outside, without a slash at the end."""
    return service_of(request).settings.base_url or str(request.base_url).rstrip("/")


def _serve(name: str) -> None:
    found = static_file(name)

    @router.get(f"/{name}", name=name)
    @router.head(f"/{name}", name=name)
    async def file(request: Request) -> Response:
        return found.response(request, _FILE_HEADERS)


for _name in _FILES:
    _serve(_name)
