"""An article made into a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reader.article.model import Article
from reader.script.clauses import cut_clauses
from reader.script.lexicon import Lexicon
from reader.script.model import HEADLINE, Script, Utterance
from reader.script.normalize import speak
from reader.script.options import ScriptOptions
from reader.script.sentences import split_sentences
from reader.script.taiwan import is_simplified

_DEFAULT = ScriptOptions()
_NO_WORDS = Lexicon.empty()


@dataclass(frozen=True, slots=True)
class _Segment:
    paragraph: int
    text: str
    pause_ms: int


def write_script(
    article: Article, options: ScriptOptions = _DEFAULT, lexicon: Lexicon = _NO_WORDS
) -> Script:
    """The headline, the byline and the paragraphs as utterances, each with what is said.

    The texts of a paragraph's utterances, joined, are the paragraph. An utterance in which
    nothing is to be heard has an empty `spoken` and no pause.
    """
    paragraphs = tuple(paragraph.text for paragraph in article.paragraphs)
    simplified = is_simplified(article.title + "\n".join(paragraphs[:50]))
    utterances = []
    for index, segment in enumerate(_segments(article, paragraphs, options)):
        line = speak(segment.text, options, lexicon, simplified=simplified or None)
        pause_ms = segment.pause_ms if line.spoken else 0
        utterances.append(
            Utterance(index, segment.paragraph, segment.text, line.spoken, pause_ms, line.readings)
        )
    return Script(
        title=article.title,
        byline=article.byline,
        published=article.published,
        paragraphs=paragraphs,
        utterances=tuple(utterances),
        site=article.site,
        url=article.url,
    )


def _segments(
    article: Article, paragraphs: tuple[str, ...], options: ScriptOptions
) -> Iterator[_Segment]:
    before = [article.title, article.spoken_byline if options.read_byline else ""]
    for text in filter(None, before):
        yield from _cut(text, HEADLINE, options.headline_pause_ms, options)
    for number, text in enumerate(paragraphs):
        yield from _cut(text, number, options.paragraph_pause_ms, options)


def _cut(text: str, paragraph: int, pause_ms: int, options: ScriptOptions) -> Iterator[_Segment]:
    """Sentences, the long ones in clauses; `pause_ms` after the last."""
    sentences = split_sentences(text)
    for n, sentence in enumerate(sentences):
        clauses = cut_clauses(sentence, options.max_chars)
        after = pause_ms if n == len(sentences) - 1 else options.sentence_pause_ms
        for k, clause in enumerate(clauses):
            yield _Segment(
                paragraph, clause, after if k == len(clauses) - 1 else options.clause_pause_ms
            )
