"""A source spoken into a file, for programs with an event loop and for those without."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from audio_cache import Cache
from reader.article.options import Mode
from reader.cluster import synthesis_for
from reader.library.output import Output
from reader.library.sources import Source, SourceOptions, write_script
from reader.loudness import LoudnessTarget
from reader.narration.assembly import Listener, Progress
from reader.narration.model import Narration
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Script
from reader.voices import Prosody, Voices

OnProgress = Callable[[Progress], None]
"""Called in the event loop when an utterance is done: `n_done` of `n_total`."""


@dataclass(frozen=True, slots=True)
class NarrateOptions:
    """How a source is read and spoken, and what is written beside it. Raises BadOptions."""

    voice: str = "auto"
    rate_percent: int = 0
    pitch_hz: int = 0
    volume_percent: int = 0
    loudness_lufs: float | None = -16.0
    """What the whole is brought to; None leaves it as loud as the voice is."""
    fallback: bool = True
    """Whether another voice may read the whole article when the wanted one cannot."""
    mix: bool = False
    """Whether another voice may read only the sentences that the wanted one cannot."""
    mode: Mode = "auto"
    title: str = ""
    lexicon: str | Path | None = None
    """These three as in `SourceOptions`."""
    captions: str | Path | None = None
    """A file to write captions to: `.vtt`, `.srt` or `.json`."""
    cover: str | Path | None = None
    """A JPEG or PNG for the tag."""
    intro: str | Path | None = None
    sponsor: str | Path | None = None
    outro: str | Path | None = None
    """Audio files that are heard before the article, after that, and at the end."""
    source: SourceOptions = field(init=False, repr=False)
    read: ReadOptions = field(init=False, repr=False)

    def __post_init__(self) -> None:
        lufs = self.loudness_lufs
        read = ReadOptions(
            voice=self.voice,
            prosody=Prosody(self.rate_percent, self.pitch_hz, self.volume_percent),
            loudness=None if lufs is None else LoudnessTarget(lufs),
            fallback=self.fallback,
            mix=self.mix,
        )
        object.__setattr__(self, "read", read)
        object.__setattr__(self, "source", SourceOptions(self.mode, self.title, self.lexicon))


def narrate(
    source: Source | Script,
    out: str | Path,
    options: NarrateOptions | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> Narration:
    """Speak `source` into the file `out` and say what was spoken when.

    The format is what the name ends in: `.mp3`, `.wav`, `.flac`, `.opus`, `.m4a`, `.aac`.
    Sentences that the cache knows are not spoken again; of a narration that it has whole, there
    is no progress to tell. Raises NoArticle and its kin, BadOptions, VoiceError where no voice
    could read all of it, StorageError where cache or disk fail. Inside a running event loop,
    await `narrate_async`.
    """
    if asyncio._get_running_loop() is not None:
        raise RuntimeError("an event loop runs in this thread: await narrate_async(…)")
    return asyncio.run(narrate_async(source, out, options, on_progress=on_progress))


async def narrate_async(
    source: Source | Script,
    out: str | Path,
    options: NarrateOptions | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> Narration:
    """The same for a program with an event loop, which it does not block. Raises as `narrate`."""
    options = options or NarrateOptions()
    output = Output.plan(out, captions=options.captions, cover=options.cover)
    if isinstance(source, Script):
        script = source
    else:
        script = await asyncio.to_thread(write_script, source, options.source)
    listener = None if on_progress is None else _Told(on_progress)
    async with open_narrator(Cache.open()) as narrator:
        named = (options.intro, options.sponsor, options.outro)
        spots = await narrator.spots.open_all(*(Path(name) if name else None for name in named))
        narration = await narrator.narrate(script, replace(options.read, spots=spots), listener)
        await output.write(narrator, narration, script)
    return narration


@asynccontextmanager
async def open_narrator(cache: Cache) -> AsyncIterator[Narrator]:
    """A narrator with the voices that are installed and the workers that the environment names."""
    voices = Voices()
    narrator = Narrator(cache, voices, synthesis_for(cache))
    try:
        yield narrator
    finally:
        await narrator.close()
        await voices.close()


class _Told(Listener):
    """Hands progress on to a function."""

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress = on_progress

    def spoken(self, progress: Progress) -> None:
        self._on_progress(progress)
