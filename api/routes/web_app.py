"""The service as an app on a device: `/manifest.webmanifest`
(https://www.w3.org/TR/appmanifest/), with what phones share to it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.routes.home_html import BROUGHT
from api.routes.page_words import LANG, in_language, page_language
from api.routes.static_files import StaticFile
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
