"""What the routes share: one narrator, its jobs, and the way from a request to a script."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Final

from api.jobs import Job, Jobs
from api.models import ArticleRequest
from api.orders import Orders
from api.settings import Settings
from api.webhooks import Webhooks
from audio_cache import Cache
from reader.article import ArticleOptions, Page, extract, load_source
from reader.cluster import synthesis_for
from reader.errors import BadInput
from reader.narrate import Narrator, ReadOptions, require_speech
from reader.narration import Narration
from reader.script import Lexicon, Script, write_script
from reader.voices import Prosody, Voices

_RECENT: Final = 32
"""Manifests kept in memory: the articles that are being heard now."""


@dataclass(frozen=True, slots=True)
class Found:
    """A narration by its id: finished, or still a job. Exactly one is set."""

    narration: Narration | None = None
    job: Job | None = None


class Service:
    """The pipeline behind the HTTP border."""

    def __init__(self, settings: Settings, voices: Voices | None = None) -> None:
        self.settings = settings
        self.voices = voices or Voices()
        cache = Cache.open(settings.cache)
        self.narrator = Narrator(cache, self.voices, synthesis_for(cache))
        self._orders = Orders(cache)
        self._webhooks = Webhooks(settings)
        self.jobs = Jobs(self.narrator, self._webhooks.ended)
        self._lexicon: Lexicon = settings.load_lexicon()
        self._recent: OrderedDict[str, Narration] = OrderedDict()

    async def say(self, text: str, voice: str, rate_percent: int) -> AsyncIterator[bytes]:
        """The frames of `text`, nothing of it dropped, as they are spoken."""
        script = await asyncio.to_thread(self._script_of_text, text)
        options = ReadOptions(
            voice=voice or self.settings.voice, prosody=Prosody(rate_percent=rate_percent)
        )
        narration_id = self.narrator.id_of(script, options)
        found = await self.find(narration_id)
        if found is not None and found.narration is not None:
            return self.narrator.frames(found.narration)
        job, _ = self.jobs.start(narration_id, script, options)
        return job.listen()

    async def submit(self, request: ArticleRequest) -> tuple[str, Found, bool]:
        """Id, narration or job, and whether it is new. Starts the work if it is."""
        script = await self.script(request)
        options = ReadOptions(
            voice=request.voice or self.settings.voice,
            prosody=Prosody(rate_percent=request.rate),
        )
        narration_id = self.narrator.id_of(script, options)
        found = await self.find(narration_id)
        if found is not None and (found.job is None or found.job.error is None):
            return narration_id, found, False
        if found is None:
            await self._orders.keep(narration_id, script, options)
        job, is_new = self.jobs.start(narration_id, script, options)
        return narration_id, Found(job=job), is_new

    async def script(self, request: ArticleRequest) -> Script:
        """The script of what was sent. Raises BadInput."""
        return await asyncio.to_thread(self._script, request)

    def retry(self, job: Job) -> Job:
        """Speak a failed article again; a running one goes on as it is."""
        return self.jobs.start(job.id, job.script, job.options)[0]

    async def find(self, narration_id: str) -> Found | None:
        """What is known under an id. Raises StorageError."""
        job = self.jobs.get(narration_id)
        if job is not None:
            return Found(narration=job.narration) if job.narration else Found(job=job)
        narration = self._recent.get(narration_id)
        if narration is None or not self._still_there(narration):
            narration = await self.narrator.load(narration_id)
            if narration is None:
                return await self._join(narration_id)
            self._recent[narration_id] = narration
        self._recent.move_to_end(narration_id)
        if len(self._recent) > _RECENT:
            self._recent.popitem(last=False)
        return Found(narration=narration)

    async def _join(self, narration_id: str) -> Found | None:
        """The narration that was asked of another process, in the making by that one or, if it
        has died, by us; None if nobody asked for it."""
        order = await self._orders.find(narration_id)
        if order is None:
            return None
        return Found(job=self.jobs.start(narration_id, order.script, order.options)[0])

    def _still_there(self, narration: Narration) -> bool:
        """Whether the audio of a manifest in memory is as it was checked; a local look only: a
        remote store's answer is checked while it is read."""
        return self.narrator.shelf.is_unchanged(narration)

    async def ready(self) -> dict[str, str]:
        """Raises VoiceMissing or StorageError, as the first narration would."""
        name = self.voices.candidates(self.settings.voice)[-1]
        await asyncio.to_thread(self.voices.open, name)
        await self.narrator.check_storage()
        return {"status": "ready", "voice": name}

    async def close(self) -> None:
        await self.jobs.close()
        await self._webhooks.close()
        await self.narrator.close()
        await self.voices.close()

    def _script(self, request: ArticleRequest) -> Script:
        article = extract(self._page(request), ArticleOptions(mode="auto"))
        if request.title:
            article = replace(article, title=request.title)
        n_chars = sum(len(p.text) for p in article.paragraphs)
        if n_chars > self.settings.max_article_chars:
            raise BadInput(
                f"the article has {n_chars} characters, more than "
                f"{self.settings.max_article_chars}; send it in parts"
            )
        script = write_script(article, lexicon=self._lexicon)
        require_speech(script)
        return script

    def _script_of_text(self, text: str) -> Script:
        page = Page(text.encode("utf-8", "replace"), "text")
        article = extract(page, ArticleOptions(mode="text"))
        script = write_script(article, lexicon=self._lexicon)
        require_speech(script)
        return script

    def _page(self, request: ArticleRequest) -> Page:
        if request.url is not None:
            if not request.url.startswith(("http://", "https://")):
                raise BadInput("the url must begin with http:// or https://")
            return load_source(request.url)
        if request.text is not None:
            return Page(request.text.encode("utf-8", "replace"), "text")
        return Page((request.html or "").encode("utf-8", "replace"), "html")
