"""A page with 注音 beside every character as it will be spoken, for an editor to check."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from reader.errors import Unpronounceable
from reader.pronunciation.model import Syllable
from reader.pronunciation.speech import doubtful_characters, pronounce
from reader.script.model import HEADLINE, Line, Script, Utterance
from reader.script.zhuyin import zhuyin

_STYLE = """
body{max-width:46rem;margin:2rem auto;padding:0 1rem;line-height:2.6;font-size:1.25rem;
font-family:"Noto Serif TC","PMingLiU",serif;color:#222;background:#fff}
h1{font-size:1.6rem;line-height:2.2}
rt{font-size:.5em;color:#666;font-family:"Noto Sans TC",sans-serif}
.several rt{color:#06c}
.doubtful{border-left:4px solid #c80;padding-left:.6rem}
.error{border-left:4px solid #c00;padding-left:.6rem;color:#c00}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}rt{color:#aaa}}
"""


def _by_span(syllables: list[Syllable]) -> list[tuple[int, int, list[str]]]:
    """Syllables that voice the same characters, together."""
    spans: list[tuple[int, int, list[str]]] = []
    for syllable in syllables:
        if spans and spans[-1][:2] == (syllable.start, syllable.end):
            spans[-1][2].append(zhuyin(syllable.pinyin))
        else:
            spans.append((syllable.start, syllable.end, [zhuyin(syllable.pinyin)]))
    return spans


def _ruby(text: str, marks: list[str]) -> str:
    kind = ' class="several"' if len(marks) > 1 else ""
    return f"<ruby{kind}>{escape(text)}<rt>{escape(' '.join(marks))}</rt></ruby>"


def ruby_line(line: Line) -> str:
    """`line` as HTML, 注音 over each character that is spoken.

    Raises:
        Unpronounceable: a reading of the lexicon is no syllable.
    """
    syllables = [s for clause in pronounce(line) for s in clause.syllables]
    parts: list[str] = []
    at = 0
    for start, end, marks in _by_span(syllables):
        parts.append(escape(line.spoken[at:start]))
        parts.append(_ruby(line.spoken[start:end], marks))
        at = end
    parts.append(escape(line.spoken[at:]))
    return "".join(parts)


def _sentence(utterance: Utterance) -> str:
    doubts = doubtful_characters(utterance.line)
    asked = "".join(doubts.guessed + doubts.unsaid)
    mark = f' class="doubtful" title="{escape(asked)}"' if asked else ""
    try:
        return f'<span{mark} id="u{utterance.index}">{ruby_line(utterance.line)}</span>'
    except Unpronounceable as error:
        return f'<span class="error" id="u{utterance.index}">{escape(str(error))}</span>'


def _paragraphs(script: Script) -> Iterator[str]:
    """One element a paragraph; the headline and the byline are the first."""
    paragraph: int | None = None
    sentences: list[str] = []
    for utterance in script.utterances:
        if utterance.paragraph != paragraph and sentences:
            yield _element(paragraph, sentences)
            sentences = []
        paragraph = utterance.paragraph
        if utterance.spoken:
            sentences.append(_sentence(utterance))
    if sentences:
        yield _element(paragraph, sentences)


def _element(paragraph: int | None, sentences: list[str]) -> str:
    if paragraph == HEADLINE:
        return "<h1>" + "<br>".join(sentences) + "</h1>"
    return "<p>" + "".join(sentences) + "</p>"


def ruby_page(script: Script) -> str:
    """The whole script as one HTML page.

    A sentence with characters whose reading is a guess, or that have none and are passed over,
    is marked with them, so that the editor sees which want a reading in the lexicon.
    """
    return (
        '<!doctype html>\n<html lang="zh-Hant-TW"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(script.title)} · 注音</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(_paragraphs(script))
        + "\n</body></html>\n"
    )
