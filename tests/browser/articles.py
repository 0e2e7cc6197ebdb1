"""Articles that tests have read: distinct sentences of one length, as many as wanted."""

from __future__ import annotations

from itertools import count

_DIGITS = "零一二三四五六七八九"
_NUMBERS = count(1)


def sentence(topic: str, number: int) -> str:
    """Sentence `number` of the article about `topic`."""
    return f"這是{topic}的第{_said(number)}件事，值得慢慢聽。"


def fresh(topic: str) -> str:
    """The topic with another number each time: nothing about it has been spoken yet."""
    return f"{topic}{_said(next(_NUMBERS))}號"


def article(topic: str, n_sentences: int, per_paragraph: int = 2) -> str:
    """A headline and paragraphs; the headline is sentence 0 of the narration."""
    sentences = [sentence(topic, i) for i in range(1, n_sentences)]
    paragraphs = [
        "".join(sentences[i : i + per_paragraph]) for i in range(0, len(sentences), per_paragraph)
    ]
    return "\n\n".join([f"{topic}成為小鎮新話題", *paragraphs])


def _said(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))
