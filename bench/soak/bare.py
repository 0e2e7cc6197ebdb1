"""What the machine itself does to a 99th percentile: a bare Starlette with one file, idle but
for the same client.

    python -m bench.soak.bare FILE PORT
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route


async def audio(request: Request) -> Response:  # noqa: ARG001
    return FileResponse(sys.argv[1], media_type="audio/mpeg")


async def article(request: Request) -> Response:  # noqa: ARG001
    return JSONResponse({"text": "今天放晴。" * 500})


def main() -> None:
    assert Path(sys.argv[1]).is_file()
    app = Starlette(routes=[Route("/audio.mp3", audio), Route("/article", article)])
    uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
