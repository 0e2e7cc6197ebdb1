"""`/docs`: every call, to try out, in Swagger UI, whose two files are served from here."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

from api.openapi import TITLE
from api.routes.static_files import static_file

router = APIRouter(include_in_schema=False)
SWAGGER_FILES: Final = ("swagger-ui-bundle.js", "swagger-ui.css")
"""Of api/static/swagger; its README says where they are from."""
_INLINE_SCRIPT: Final = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """The page that FastAPI makes, with a policy that lets nothing in from elsewhere."""
    root = request.scope.get("root_path", "").rstrip("/")
    script, style = (f"{root}/docs/{name}" for name in SWAGGER_FILES)
    page = get_swagger_ui_html(
        openapi_url=f"{root}/openapi.json",
        title=TITLE,
        swagger_js_url=script,
        swagger_css_url=style,
        swagger_favicon_url=f"{root}/icon.svg",
        swagger_ui_parameters={"validatorUrl": None, "docExpansion": "list"},
    )
    scripts = " ".join(_hash(found) for found in _INLINE_SCRIPT.findall(bytes(page.body)))
    page.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
    return page


def _hash(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def _serve(name: str) -> None:
    @router.api_route(f"/docs/{name}", methods=["GET", "HEAD"], name=name)
    async def file(request: Request) -> Response:
        return static_file(f"swagger/{name}").response(request, {"Cache-Control": "no-cache"})


for _name in SWAGGER_FILES:
    _serve(_name)
