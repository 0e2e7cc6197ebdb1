"""Narrator: a script is spoken, joined, kept and called ready."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from audio_cache import Cache, CacheError
from reader.errors import BadOptions, StorageError, UnknownVoice, VoiceError, Withdrawn
from reader.loudness import LoudnessTarget
from reader.mpeg import FRAME_S
from reader.narration.assembly import Assembled, Listener, Manner, assemble
from reader.narration.model import Narration
from reader.narration.spots import NO_SPOTS, SpotMaker, Spots
from reader.narration.store import NarrationStore
from reader.narration.withdrawals import words_of
from reader.pronunciation import unsaid_characters
from reader.script.model import Script, require_speech
from reader.synthesis.cache_keys import clip_key, manifest_path, narration_id
from reader.synthesis.in_process import InProcess, Synthesis, Urgency, pauses_s
from reader.synthesis.leader import Leadership, stand_for_leader
from reader.synthesis.observer import Observer
from reader.synthesis.shared import Clips
from reader.voices import Prosody, Voice, Voices


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of a reading: voice, prosody, loudness, and what to do if the voice cannot."""

    voice: str = "auto"
    prosody: Prosody = field(default_factory=Prosody)
    loudness: LoudnessTarget | None = field(default_factory=LoudnessTarget)
    """What the whole is brought to; None leaves it as loud as the voice is."""
    fallback: bool = True
    """Whether another voice may read the whole article when the wanted one cannot."""
    mix: bool = False
    """Whether another voice may read only the sentences that the wanted one cannot."""
    spots: Spots = NO_SPOTS
    """What is heard before and after the article, in the same file."""
    urgency: Urgency = Urgency.LISTENER
    """What goes first when the workers of a cluster have more to do than they can."""

    def __post_init__(self) -> None:
        if not self.voice.strip():
            raise BadOptions("voice-name-empty")
        if self.mix and not self.fallback:
            raise BadOptions("mix-needs-fallback")


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One voice's turn at a script, with the voices that help it out."""

    id: str
    """Of the narration if the first voice speaks all of it."""
    script: Script
    voices: tuple[Voice, ...]
    options: ReadOptions
    why: tuple[VoiceError, ...]
    """Why a voice that was asked for before could not."""


class Narrator:
    """Speaks scripts and keeps the results in its `store`."""

    def __init__(
        self,
        cache: Cache,
        voices: Voices,
        synthesis: Synthesis | None = None,
        observer: Observer | None = None,
    ) -> None:
        """`synthesis` speaks what the cache does not have; without one, this process does."""
        self._leases = cache.leases
        self._voices = voices
        self._observer = observer or Observer()
        self._synthesis = synthesis or InProcess(cache)
        self._clips = Clips(self._synthesis, self._observer)
        self.store = NarrationStore(cache)
        self.spots = SpotMaker(cache)

    async def close(self) -> None:
        """Let go of what speaks; the voices and the cache belong to whoever opened them."""
        await self._synthesis.close()

    def id_of(self, script: Script, options: ReadOptions) -> str:
        """The id that the first voice to be tried would give."""
        voice = self._voices.open(self._voices.candidates(options.voice)[0])
        return _id(script, voice, options)

    async def narrate(
        self,
        script: Script,
        options: ReadOptions,
        listener: Listener | None = None,
    ) -> Narration:
        """Read the whole script with one voice: the wanted one, or the next that can; or, if
        the options ask for a mixture, each sentence with the first voice that can.

        Raises NoArticle if there is nothing to say, Withdrawn if the article was withdrawn,
        VoiceError if no voice could read all of it (naming the sentence), StorageError if cache or
        disk fail. Nothing incomplete is ever kept as a narration; clips already spoken stay in the
        cache.
        """
        require_speech(script)
        await self.require_allowed(script)
        names = self._voices.candidates(options.voice)
        failures: list[VoiceError] = []
        listener = listener or Listener()
        for position, name in enumerate(names if options.fallback else names[:1]):
            if position and not listener.allows_fallback():
                break
            try:
                voice = self._voices.open(name)
                id_, why = _id(script, voice, options), tuple(failures)
                await self.store.withdrawals.require_none(narration_id=id_)
                known = await self.store.load(id_)
                if known is not None:
                    return replace(known, wanted_voice=options.voice, why=why)
                helpers = self._openable(names[position + 1 :]) if options.mix else []
                if why:
                    listener.falls_back(why)
                attempt = _Attempt(id_, script, (voice, *helpers), options, why)
                with self._observer.span("stitch", voice=name):
                    return await self._make(attempt, listener)
            except VoiceError as error:
                failures.append(_by(name, error))
                last = error
        raise last.within("several-failed", causes=failures) from last

    async def require_allowed(self, script: Script) -> None:
        """Raises Withdrawn if the article was withdrawn, by its address or by its words."""
        require_none = self.store.withdrawals.require_none
        await require_none(address=script.url, words=words_of(script))

    def clip_keys(self, script: Script, options: ReadOptions) -> set[str]:
        """The keys of all clips that `script` may be made of, whichever voice reads it."""
        voices = self._openable(self._voices.candidates(options.voice))
        lines = {u.line for u in script.utterances if u.spoken}
        return {clip_key(line, voice, options.prosody) for line in lines for voice in voices}

    async def stop(self, clips: Iterable[str]) -> None:
        """Have nobody speak these clips any more: nobody wants them."""
        await self._synthesis.stop(clips)

    def _openable(self, names: tuple[str, ...]) -> list[Voice]:
        """Those of `names` that are there to help out."""
        found = []
        for name in names:
            with suppress(VoiceError, UnknownVoice):
                found.append(self._voices.open(name))
        return found

    async def _make(self, attempt: _Attempt, listener: Listener) -> Narration:
        """Speak it, or hand on what the process speaks that was asked first."""
        script, voices, options = attempt.script, attempt.voices, attempt.options
        try:
            with tempfile.TemporaryDirectory(prefix="tingwen-") as folder:
                audio = Path(folder) / "audio.mp3"
                async with stand_for_leader(self._leases, manifest_path(attempt.id)) as leadership:
                    clips = self._clips.wanted_by(leadership, options.urgency)
                    manner = Manner(options.prosody, options.loudness)
                    around = partial(self.spots.around, options.spots) if options.spots else None
                    assembled = await assemble(
                        script, voices, manner, clips, audio, listener, around
                    )
                    manifest = _manifest(attempt, assembled)
                    return await self._keep(manifest, audio, leadership, listener)
        except (CacheError, OSError) as error:
            raise StorageError("storage-failed", cause=error) from error

    async def _keep(
        self, manifest: Narration, audio: Path, leadership: Leadership, listener: Listener
    ) -> Narration:
        """Put the narration into the cache, if no other process has or is about to."""
        for pause_s in pauses_s():
            await self.store.withdrawals.require_none(narration_id=manifest.id)
            known = await self.store.load(manifest.id)
            if known is not None:
                listener.made_elsewhere()
                return replace(known, wanted_voice=manifest.wanted_voice, why=manifest.why)
            if leadership.is_held:
                break
            await asyncio.sleep(pause_s)
        await self.store.keep(manifest, audio)
        await self._remove_if_withdrawn(manifest)
        return manifest

    async def _remove_if_withdrawn(self, kept: Narration) -> None:
        """Whoever withdraws sets the tombstone first and then looks for narrations: either this
        one was seen, or we see the tombstone. Raises Withdrawn."""
        is_withdrawn = self.store.withdrawals.is_there
        if await is_withdrawn(narration_id=kept.id, address=kept.url, words=words_of(kept)):
            await self.store.remove(kept.id)
            raise Withdrawn("article-withdrawn")


def _id(script: Script, voice: Voice, options: ReadOptions, mixture: Sequence[str] = ()) -> str:
    spots = options.spots.digest()
    return narration_id(script, voice, options.prosody, options.loudness, mixture, spots)


def _manifest(attempt: _Attempt, assembled: Assembled) -> Narration:
    """The manifest of what was written."""
    script, voices, file = attempt.script, attempt.voices, assembled.file
    speakers = [voice for voice in voices if voice.name in assembled.speakers]
    id_ = attempt.id
    if speakers != [voices[0]]:
        mixture = assembled.speakers if len(speakers) > 1 else ()
        id_ = _id(script, speakers[0], attempt.options, mixture)
    return Narration(
        id=id_,
        title=script.title,
        byline=script.byline,
        published=script.published,
        voice=" + ".join(voice.name for voice in speakers),
        wanted_voice=attempt.options.voice,
        why=_why(attempt.why, assembled.failures),
        paragraphs=script.paragraphs,
        utterances=tuple(assembled.utterances),
        duration_s=round(file.n_frames * FRAME_S, 3),
        audio_bytes=file.n_bytes,
        audio_sha256=file.sha256,
        n_spoken=assembled.n_spoken,
        passed_over=unsaid_characters(u.line for u in script.utterances),
        gain_steps=assembled.gain_steps,
        url=script.url,
        loudness_lufs=assembled.loudness_lufs,
        clips=tuple(assembled.clips),
    )


def _by(name: str, error: VoiceError) -> VoiceError:
    return VoiceError("by-voice", voice=name, cause=error)


def _why(why: tuple[VoiceError, ...], failures: list[VoiceError]) -> tuple[VoiceError, ...]:
    """Why not all is in the wanted voice; of the sentences in another, the first one's."""
    more = [VoiceError("and-more", n=len(failures) - 1)] if len(failures) > 1 else []
    return (*why, *failures[:1], *more)
