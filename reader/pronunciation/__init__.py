from reader.pronunciation.model import Clause, Syllable, Word

__all__ = ["Clause", "Syllable", "Word"]
