"""How a line of text is pronounced in Mandarin, as Taiwan says it."""

from reader.pronunciation.model import Clause, Syllable, Word
from reader.pronunciation.speech import pinyin, pronounce
from reader.script.zhuyin import zhuyin

__all__ = ["Clause", "Syllable", "Word", "pinyin", "pronounce", "zhuyin"]
