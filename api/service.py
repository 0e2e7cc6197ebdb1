"""Service behind the routes: one narrator, its jobs, and the way from a request to a script."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.lifecycle import Lifecycle
from api.metrics import Metrics
from api.models import AgainRequest, ArticleRequest, SentLexicon
from api.refusal import Refusal
from api.settings import Settings
from api.voice_names import require_offered
from api.work.caption_cache import CaptionCache
from api.work.jobs import Job, Jobs
from api.work.listings import Listings
from api.work.pending_requests import PendingRequests
from api.work.priority import step_back
from api.work.quota import Quota, Slot
from api.work.readiness import Readiness
from api.work.script_builder import ScriptBuilder
from api.work.speech import Speech
from api.work.webhooks import Webhooks
from api.work.withdrawing import Withdrawing
from audio_cache import Cache, CacheError
from reader.cluster import synthesis_for
from reader.errors import BadInput, NoArticle, StorageError
from reader.narration.model import Narration
from reader.narration.narrator import Narrator, ReadOptions
from reader.narration.spots import NO_SPOTS, Spots
from reader.narration.withdrawals import words_of
from reader.script import Script, require_speech
from reader.script.rewrite import Written
from reader.synthesis.cache_keys import manifest_path
from reader.voices import Prosody, Voices

_log: Final = logging.getLogger("tingwen.service")
_ENCODINGS: Final = 2
"""Files in other formats made at a time: each takes a processor for some seconds."""
_LONGEST_ADDRESS: Final = 4096
_RECENT: Final = 32
"""Manifests kept in memory: the articles that are being heard now."""


@dataclass(frozen=True, slots=True)
class Found:
    """A narration by its id: finished, or still a job. Exactly one is set."""

    narration: Narration | None = None
    job: Job | None = None

    @property
    def written(self) -> Narration | Script | None:
        """What holds its words and where they are from."""
        return self.narration or (None if self.job is None else self.job.script)


class Service:
    """The pipeline behind the routes."""

    def __init__(
        self, settings: Settings, voices: Voices, metrics: Metrics, lifecycle: Lifecycle
    ) -> None:
        self.settings = settings
        self.voices = voices
        self.metrics = metrics
        self.lifecycle = lifecycle
        self.cache = Cache.open(settings.cache)
        synthesis = synthesis_for(self.cache)
        self.narrator = Narrator(self.cache, self.voices, synthesis, self.metrics)
        self.readiness = Readiness(settings.voice, voices, self.narrator.store, synthesis)
        self.spots: Spots = NO_SPOTS
        """What is heard around articles, where nobody asks for others."""
        self._pending = PendingRequests(self.cache)
        self.listings = Listings(self.cache)
        self._webhooks = Webhooks(settings, self.cache)
        self.jobs = Jobs(self.narrator, self._finish)
        self.quota = Quota(settings.max_syntheses, settings.max_syntheses_each)
        self._slots: dict[Job, Slot] = {}
        self._being_asked: set[str] = set()
        """Narrations whose first request is being kept."""
        self._tasks: set[asyncio.Task[None]] = set()
        """Held: the loop itself forgets what runs."""
        self.encodings = asyncio.Semaphore(_ENCODINGS)
        self.metrics.watch(self.quota.__len__)
        self.builder = ScriptBuilder(settings, metrics)
        self._recent: OrderedDict[str, Narration] = OrderedDict()
        self.captions = CaptionCache()
        self.withdrawing = Withdrawing(self.cache, self.narrator, self.jobs, self._forget)

    async def resume(self) -> None:
        """Take up what a process before this one has left: webhooks, withdrawals. Raises
        BadOptions if an intro, sponsor's spot or outro cannot be read."""
        named = (self.settings.intro, self.settings.sponsor, self.settings.outro)
        paths = (Path(name) if name else None for name in named)
        self.spots = await self.narrator.spots.open_all(*paths)
        await self._webhooks.resume()
        self.withdrawing.start()

    def _forget(self, narration_id: str) -> None:
        """Let go of what is kept in memory of a narration."""
        self._recent.pop(narration_id, None)
        self.captions.forget(narration_id)

    async def say(
        self,
        text: str,
        options: ReadOptions,
        client: str = "",
        lexicon: SentLexicon | None = None,
    ) -> Speech:
        """Speak `text`, nothing of it dropped; where it holds nothing to say, a short silence.

        Raises BadInput for a text that is too long, or a voice that is not offered.
        """
        if options.voice != self.settings.voice:
            require_offered(options.voice, self.voices)
        if len(text) > self.settings.max_article_chars:
            most = self.settings.max_article_chars
            raise BadInput("input-too-long", n_chars=len(text), most=most)
        try:
            script = await self.builder.script_of_text(text, lexicon)
            require_speech(script)
        except NoArticle:
            return Speech.of_nothing()
        await self.narrator.require_allowed(script)
        narration_id = self.narrator.id_of(script, options)
        found = await self._look_up(narration_id)
        if found is not None and not options.fallback and await self._is_by_another(narration_id):
            found = None
        if found is not None and found.narration is not None:
            narration = found.narration
            return Speech(self.narrator.store.frames(narration), narration)
        job, _ = self._start(narration_id, script, options, client)
        return Speech(job.listen(), job)

    async def submit(
        self, request: ArticleRequest, client: str = "", spots: Spots | None = None
    ) -> tuple[str, Found, bool]:
        """Id, narration or job, and whether it is new. Starts the work if it is. `spots` are heard
        around the article in place of the service's own.

        Raises HTTPException 429 or 503 if `client` or all together have too much in the making.
        """
        require_offered(request.voice or "", self.voices)
        script = await self.script(request)
        options = ReadOptions(
            voice=request.voice or self.settings.voice,
            prosody=Prosody(rate_percent=request.rate or 0),
            fallback=request.fallback,
            spots=self.spots if spots is None else spots,
        )
        answer = await self.narrate(script, options, client)
        if request.listed:
            await self._list(*answer[:2])
        return answer

    async def narrate_again(
        self, narration_id: str, found: Found, request: AgainRequest, client: str = ""
    ) -> tuple[str, Found, bool]:
        """The same article with another voice, pace or lexicon; the answer is that of `submit`."""
        require_offered(request.voice or "", self.voices)
        asked = await self._pending.find(narration_id)
        if found.narration is not None:
            was = ReadOptions(voice=found.narration.wanted_voice or self.settings.voice)
            asked_before: Written = found.narration
        elif found.job is not None:
            was, asked_before = found.job.options, found.job.script
        else:
            raise Refusal(404, "narration-gone")
        if asked is not None:  # knows what a manifest does not: the pace, and where it is from
            was, asked_before = asked.options, asked.script
        script = await self.builder.rewrite(asked_before, request.lexicon)
        await self.narrator.require_allowed(script)
        rate = was.prosody.rate_percent if request.rate is None else request.rate
        options = ReadOptions(
            voice=request.voice or was.voice,
            prosody=Prosody(rate_percent=rate),
            fallback=was.fallback if request.fallback is None else request.fallback,
            spots=was.spots or self.spots,
        )
        return await self.narrate(script, options, client)

    async def narrate(
        self, script: Script, options: ReadOptions, client: str
    ) -> tuple[str, Found, bool]:
        """What `submit` does, of a script that may be made."""
        narration_id = self.narrator.id_of(script, options)
        found = await self._look_up(narration_id)
        if found is not None and not options.fallback and await self._is_by_another(narration_id):
            found = None
        if found is not None and (found.job is None or found.job.error is None):
            return narration_id, found, False
        is_first = narration_id not in self._being_asked and self.jobs.get(narration_id) is None
        if found is None:
            self.quota.check(client)
            self._being_asked.add(narration_id)
            try:
                await self._pending.keep(narration_id, script, options)
            finally:
                self._being_asked.discard(narration_id)
        job, was_started = self._start(narration_id, script, options, client)
        # While it was kept, whoever asked for the same may have found and started it.
        return narration_id, Found(job=job), was_started if found is not None else is_first

    async def _is_by_another(self, narration_id: str) -> bool:
        """Whether another voice reads what was asked for, or has read it; that ends then, and none
        takes over from now on."""
        job = self.jobs.get(narration_id)
        if job is None:
            return False
        job.may_fall_back = False
        if not job.why:
            return False
        await job.stop(job.why[0])
        self.jobs.release(job)
        return True

    async def script(self, request: ArticleRequest) -> Script:
        """The script of what was sent. Raises BadInput, as Withdrawn before anything of a
        withdrawn address is fetched."""
        address = request.url or (request.page or "")[:_LONGEST_ADDRESS]
        await self.narrator.store.withdrawals.require_none(address=address)
        script = await self.builder.script(request)
        await self.narrator.require_allowed(script)
        return script

    async def _list(self, narration_id: str, found: Found | None) -> None:
        await self.listings.add(narration_id)
        job = None if found is None else found.job
        narration = found.narration if found is not None and job is None else job and job.narration
        if narration is not None:  # read by another voice before it was listed
            await self.listings.add(narration.id)

    def retry_voice(self, narration_id: str, found: Found, client: str = "") -> Found:
        """Ask the wanted voice again for what another one has read; else nothing happens."""
        job = self.jobs.get(narration_id)
        narration = found.narration
        if job is None or narration is None or not narration.why:
            return found
        self.jobs.release(job)
        return Found(job=self._start(job.id, job.script, job.options, client)[0])

    def retry(self, job: Job, client: str = "") -> Job:
        """Speak a failed article again; a running one goes on as it is."""
        return self._start(job.id, job.script, job.options, client)[0]

    def _start(
        self, narration_id: str, script: Script, options: ReadOptions, client: str = ""
    ) -> tuple[Job, bool]:
        """Start or join the work; only starting it counts against the quota."""
        running = self.jobs.get(narration_id)
        if running is not None and running.error is None:
            return running, False
        self.lifecycle.require_open()
        slot = self.quota.take(client)
        job, is_new = self.jobs.start(narration_id, script, options)
        self._slots[job] = slot
        return job, is_new

    def _finish(self, job: Job) -> None:
        step_back()  # by now, every thread that computes has begun
        made_s = self.quota.release(self._slots.pop(job))
        self.metrics.ended(job.status, job.narration, made_s)
        told: dict[str, object] = {"article_id": job.id, "status": job.status, "voice": job.voice}
        if job.error is not None:
            told["error"] = job.error
        _log.info("narration", extra=told | {"made_s": round(made_s, 3)})
        self._webhooks.tell(job)
        self.withdrawing.ended(job)
        if job.narration is not None and job.narration.id != job.id:
            task = asyncio.create_task(self.listings.follow(job.id, job.narration.id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _look_up(self, narration_id: str) -> Found | None:
        """Find a narration that is asked for, and count whether it was there."""
        found = await self.find(narration_id)
        self.metrics.looked_up("narration", found is not None)
        return found

    async def find(
        self, narration_id: str, client: str = "", *, may_start: bool = True
    ) -> Found | None:
        """The narration or job under an id; what was asked for and is not made is taken up only
        where `may_start`. Raises Withdrawn, StorageError."""
        job = self.jobs.get(narration_id)
        await self.withdrawing.require_none(narration_id, job)
        if job is not None:
            return Found(narration=job.narration) if job.narration else Found(job=job)
        narration = self._recent.get(narration_id)
        if narration is None or not self._still_there(narration):
            narration = await self.narrator.store.load(narration_id)
            if narration is None:
                return await self._join(narration_id, client, may_start=may_start)
            require_none = self.narrator.store.withdrawals.require_none
            await require_none(address=narration.url, words=words_of(narration))
            self._recent[narration_id] = narration
        self._recent.move_to_end(narration_id)
        if len(self._recent) > _RECENT:
            self._recent.popitem(last=False)
        return Found(narration=narration)

    async def _join(self, narration_id: str, client: str, *, may_start: bool) -> Found | None:
        """The narration that was asked of another process, in the making by that one or, if it
        has died, by us; None if nobody asked for it, or nobody makes it and it may not be begun."""
        request = await self._pending.find(narration_id)
        if request is None or not (may_start or await self._is_in_the_making(narration_id)):
            return None
        await self.narrator.require_allowed(request.script)
        return Found(job=self._start(narration_id, request.script, request.options, client)[0])

    async def _is_in_the_making(self, narration_id: str) -> bool:
        """Whether another process is at it."""
        try:
            lease = await self.cache.leases.acquire(manifest_path(narration_id))
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        if lease is not None:
            await lease.release()
        return lease is None

    def _still_there(self, narration: Narration) -> bool:
        """Whether the audio of a manifest in memory is as it was checked; a local look only: a
        remote store's answer is checked while it is read."""
        return self.narrator.store.is_unchanged(narration)

    async def close(self) -> None:
        await self.withdrawing.close()
        await self.jobs.close()
        await self._webhooks.close()
        await self.narrator.close()
        await self.voices.close()
        self.builder.close()
