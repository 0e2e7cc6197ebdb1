"""The pages for people: paste an article, listen to it; and the player's script."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter
from fastapi import Path as PathParam
from fastapi.responses import FileResponse

router = APIRouter(include_in_schema=False)
_STATIC: Final = Path(__file__).parent / "static"
_PAGE_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@router.get("/")
async def home() -> FileResponse:
    return FileResponse(_STATIC / "home.html", headers=_PAGE_HEADERS)


@router.get("/listen/{article_id}")
async def listen(
    article_id: Annotated[str, PathParam(pattern="^[0-9a-f]{32}$")],  # noqa: ARG001
) -> FileResponse:
    """The page reads its id from its own address, so one file serves every article."""
    return FileResponse(_STATIC / "listen.html", headers=_PAGE_HEADERS)


def _serve(name: str) -> None:
    @router.get(f"/{name}", name=name)
    async def static() -> FileResponse:
        headers = {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
        return FileResponse(_STATIC / name, headers=headers)


for _name in ("player.js", "home.js", "listen.js", "pages.css", "icon.svg", "artwork.png"):
    _serve(_name)
