"""How a line of text is pronounced in Mandarin, as Taiwan says it."""

from reader.pronunciation.model import Clause, Syllable, Word
from reader.pronunciation.speech import (
    Doubts,
    doubtful_characters,
    pinyin,
    pronounce,
    unsaid_characters,
)
from reader.script.zhuyin import zhuyin

__all__ = [
    "Clause",
    "Doubts",
    "Syllable",
    "Word",
    "doubtful_characters",
    "pinyin",
    "pronounce",
    "unsaid_characters",
    "zhuyin",
]
