"""The HTTP service: routes, pages and the player around one `Service`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api import articles, embedding, feed, pages, podcast_folder, problems, scripts, speech
from api.models import VoiceModel
from api.service import Service
from api.settings import Settings
from reader.voices import Voices


def create_app(settings: Settings | None = None, voices: Voices | None = None) -> FastAPI:
    """The service with `settings`; `voices` in place of the installed ones for tests."""
    chosen = settings or Settings.from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.service = service = Service(chosen, voices)
        yield
        await service.close()

    app = FastAPI(
        title="聽聞 tingwen", version="1", lifespan=lifespan, responses=problems.RESPONSES
    )
    problems.install(app)
    app.include_router(articles.router)
    app.include_router(scripts.router)
    app.include_router(embedding.router)
    app.include_router(speech.router)
    app.include_router(feed.router)
    app.include_router(pages.router)
    if chosen.podcast:
        app.include_router(podcast_folder.router)
    # The player on other sites reads articles and audio; there are no cookies to protect.
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD", "POST"], max_age=86_400
    )

    @app.get("/v1/voices", tags=["voices"])
    async def list_voices() -> list[VoiceModel]:
        """Every voice that can be asked for."""
        return [VoiceModel(**asdict(v)) for v in articles_service(app).voices.catalogue()]

    @app.get("/healthz", tags=["operations"])
    async def healthz() -> dict[str, str]:
        """Whether the process answers."""
        return {"status": "ok"}

    @app.get("/readyz", tags=["operations"])
    async def readyz() -> dict[str, str]:
        """Whether work can be taken: the cache can be written and a voice can be opened."""
        return await articles_service(app).ready()

    return app


def articles_service(app: FastAPI) -> Service:
    service: Service = app.state.service
    return service
