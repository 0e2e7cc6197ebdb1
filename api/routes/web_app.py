"""The service as an app on a device: `/manifest.webmanifest`
(https://www.w3.org/TR/appmanifest/), with what phones share to it, and the service worker that
holds the pages ready for a time without a network."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import service_of
from api.routes.error_html import write_offline_page
from api.routes.home_html import BROUGHT
from api.routes.page_headers import PAGE_HEADERS
from api.routes.page_words import LANG, in_language, page_file, page_language
from api.routes.static_files import StaticFile, static_file
from reader.messages.language import Language

router = APIRouter(include_in_schema=False)
MANIFEST: Final = "/manifest.webmanifest"
_HEADERS: Final = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
_ICONS: Final = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)
ICON_FILES: Final = tuple(name for name, _, _ in _ICONS)
_PAPER: Final = "#fbfaf7"
"""As in pages.css; pages say themselves what it is in the dark."""

_SCRIPT: Final = "service-worker.js"
_SCRIPTS_AND_STYLES: Final = ("player.js", "app.js", "pages.css", "icon.svg")
_PAGES: Final = ("home.html", "listen.html", "error.html")
_OFFLINE: Final = "offline"
_SCRIPT_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
}


@router.get(MANIFEST)
@router.head(MANIFEST)
async def manifest(request: Request) -> Response:
    return _manifest(page_language(request)).response(request, _HEADERS)


@cache
def _manifest(language: Language) -> StaticFile:
    told: dict[str, Any] = {
        "id": "./",
        "name": in_language("聽聞｜把新聞唸給你聽", language),
        "short_name": in_language("聽聞", language),
        "description": in_language("貼上一篇新聞，馬上聽它唸出來。", language),
        "lang": LANG[language],
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": _PAPER,
        "background_color": _PAPER,
        "categories": ["news", "accessibility"],
        "icons": [
            {"src": name, "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in _ICONS
        ],
        # By GET: a share is then an address like any other, and no other site can forge more.
        "share_target": {
            "action": "./",
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": {name: name for name in BROUGHT},
        },
    }
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return StaticFile.of(body, "application/manifest+json")


@router.get(f"/{_SCRIPT}")
@router.head(f"/{_SCRIPT}")
async def service_worker(request: Request) -> Response:
    """The script, with the hash of what it keeps; for a private service it keeps nothing."""
    is_private = service_of(request).settings.private
    return _service_worker(is_private=is_private).response(request, _SCRIPT_HEADERS)


@router.get(f"/{_OFFLINE}")
@router.head(f"/{_OFFLINE}")
async def offline(request: Request) -> HTMLResponse:
    """What the service worker shows in place of a page that it has not."""
    root = request.scope.get("root_path", "").rstrip("/") + "/"
    page = write_offline_page(root, page_language(request))
    return HTMLResponse(page, headers=PAGE_HEADERS)


@cache
def _service_worker(*, is_private: bool) -> StaticFile:
    source = static_file(_SCRIPT)
    kept = [static_file(name) for name in (_SCRIPT, *_SCRIPTS_AND_STYLES)]
    kept += [page_file(name, language) for name in _PAGES for language in Language]
    version = hashlib.sha256("".join(file.etag for file in kept).encode()).hexdigest()[:16]
    files = ["./", *_SCRIPTS_AND_STYLES, "icon-192.png", MANIFEST[1:], _OFFLINE]
    shell = json.dumps({"version": version, "files": [] if is_private else files})
    return StaticFile.of(f"const SHELL={shell};\n".encode() + source.body, source.media_type)
