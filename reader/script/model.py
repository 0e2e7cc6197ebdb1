"""What is to be said: utterances with their spoken form and pauses."""

from __future__ import annotations

from dataclasses import dataclass

from reader.errors import NoArticle

HEADLINE = -1
"""Paragraph number of what is said before paragraph 0: the headline and the byline."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The lexicon's word on how `spoken[start:end]` is pronounced.

    `syllables` are pinyin with tone digits 1–5, ü written v, before tone sandhi.
    """

    start: int
    end: int
    syllables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What a voice is asked to say: text, and readings that the lexicon fixed."""

    spoken: str
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence of the article.

    The `text` of a paragraph's utterances, joined, is the paragraph. `spoken` is what is
    said, empty where nothing is to be heard. `pause_ms` is the silence after it.
    """

    index: int
    paragraph: int
    text: str
    spoken: str
    pause_ms: int
    readings: tuple[Reading, ...] = ()

    @property
    def line(self) -> Line:
        return Line(self.spoken, self.readings)


@dataclass(frozen=True, slots=True)
class Script:
    """A whole article, ready to be spoken."""

    title: str
    byline: str
    published: str
    paragraphs: tuple[str, ...]
    utterances: tuple[Utterance, ...]
    site: str = ""
    """Who published it, and where: what the audio's tags say, never spoken."""
    url: str = ""


def require_speech(script: Script) -> None:
    """Raises NoArticle if nothing in `script` is to be heard."""
    if not any(u.spoken for u in script.utterances):
        raise NoArticle("nothing-to-say")
