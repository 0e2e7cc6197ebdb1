"""What the routes share: one narrator, its jobs, and the way from a request to a script."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from api.jobs import Job, Jobs
from api.models import ArticleRequest
from api.settings import Settings
from audio_cache import Cache
from reader.article import ArticleOptions, Page, extract, load_source
from reader.errors import BadInput
from reader.narrate import Narrator, ReadOptions, require_speech
from reader.narration import Narration
from reader.script import Lexicon, Script, write_script
from reader.voices import Prosody, Voices


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
        self.narrator = Narrator(Cache.open(settings.cache), self.voices)
        self.jobs = Jobs(self.narrator)
        self._lexicon: Lexicon = settings.load_lexicon()

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
        narration = await self.narrator.load(narration_id)
        return Found(narration=narration) if narration else None

    async def close(self) -> None:
        await self.jobs.close()
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

    def _page(self, request: ArticleRequest) -> Page:
        if request.url is not None:
            if not request.url.startswith(("http://", "https://")):
                raise BadInput("the url must begin with http:// or https://")
            return load_source(request.url)
        if request.text is not None:
            return Page(request.text.encode("utf-8", "replace"), "text")
        return Page((request.html or "").encode("utf-8", "replace"), "html")
