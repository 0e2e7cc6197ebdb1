"""Letter to sound: a foreign word that no dictionary has, in syllables that the voice can say.

English spelling is read into consonants and vowels, and those into Mandarin syllables the way
names are written in Taiwan: a consonant without a vowel gets a light syllable of its own
(t → te5), n and m close a syllable, g k h s before i turn into j q x x.
"""

from __future__ import annotations

import re

from reader.pronunciation.inventory import SYLLABLES

_SPELLINGS: tuple[tuple[str, str], ...] = (
    *(("tion", "S en"), ("sion", "S en"), ("ough", "ou"), ("igh", "ai"), ("eau", "ou")),
    *(("sch", "S"), ("tch", "C"), ("dge", "J"), ("que$", "k"), ("ch", "C"), ("sh", "S")),
    *(("th", "s"), ("ph", "f"), ("wh", "w"), ("^kn", "n"), ("^wr", "r"), ("ck", "k")),
    *(("gh", ""), ("ng", "N"), ("qu", "k w"), ("x", "k s"), ("^y", "y"), ("ee", "i")),
    *(("ea", "i"), ("oo", "u"), ("ou", "au"), ("ow", "ou"), ("oa", "ou"), ("oy", "oi")),
    *(("oi", "oi"), ("ai", "ei"), ("ay", "ei"), ("ei", "ei"), ("ey", "i"), ("au", "o")),
    *(("aw", "o"), ("ew", "u"), ("ue$", "u"), ("ie", "i"), ("er", "er"), ("ir", "er")),
    *(("ur", "er"), ("or", "or"), ("ar", "ar"), ("le$", "ou"), ("c(?=[eiy])", "s")),
    *(("g(?=[ei])", "J"), ("([bcdfgklmnprstvz])(?=\\1)", ""), ("y$", "i"), ("y", "i")),
    *(("a(?=[^aeiouy]e$)", "ei"), ("i(?=[^aeiouy]e$)", "ai"), ("o(?=[^aeiouy]e$)", "ou")),
    *(("u(?=[^aeiouy]e$)", "u"), ("(?<=[^aeiou])e$", ""), ("c", "k"), ("q", "k")),
    *(("j", "J"), ("a", "a"), ("e", "e"), ("i", "i"), ("o", "o"), ("u", "u")),
)
_LETTERS = "bdfghklmnprstvwz"
_FINALS: dict[str, tuple[str, ...]] = {
    "a": ("a", "ia"),
    "ar": ("a", "ia"),
    "e": ("ei", "ai", "e", "ie"),
    "ei": ("ei", "ai", "ie", "e"),
    "i": ("i", "ei", "ui"),
    "o": ("ou", "uo", "o"),
    "or": ("uo", "o", "ou"),
    "ou": ("ou", "o", "uo"),
    "u": ("u", "ou"),
    "ai": ("ai", "a"),
    "au": ("ao", "iao"),
    "oi": ("uai", "uo"),
    "er": ("e", "o", "er"),
    "an": ("an", "ian"),
    "en": ("en", "an", "un"),
    "in": ("in", "en", "un"),
    "on": ("ang", "ong"),
    "un": ("an", "un"),
    "aN": ("ang",),
    "eN": ("eng", "ing"),
    "iN": ("ing", "eng"),
    "oN": ("ong", "ang"),
    "uN": ("ang", "ong"),
}
_ONSETS = {"S": "sh", "C": "ch", "J": "zh", "v": "w", "r": "r"}
_SOFT = {"g": "j", "k": "q", "h": "x", "s": "x", "z": "j", "S": "x", "C": "q", "J": "j", "r": "l"}
_ALONE = dict(
    pair.split(":")
    for pair in [
        "b:bu5",
        "p:pu5",
        "m:mu5",
        "f:fu5",
        "v:fu5",
        "d:de5",
        "t:te5",
        "n:en5",
        "N:en5",
        "l:er5",
        "g:ge5",
        "k:ke5",
        "h:he5",
        "s:si5",
        "z:zi5",
        "S:xi5",
        "C:qi5",
        "J:zhi5",
        "r:er5",
        "w:wu5",
        "y:yi5",
    ]
)
_BARE = {"i": "yi", "in": "yin", "iN": "ying", "u": "wu", "un": "en", "o": "ou", "on": "weng"}


def _sounds(word: str) -> list[str]:
    """Consonants and vowels of an English spelling, roughly as it is read."""
    out: list[str] = []
    at = 0
    while at < len(word):
        for pattern, sounds in _SPELLINGS:
            if pattern[0] == "^" and at:
                continue
            match = re.compile(pattern.lstrip("^")).match(word, at)
            if match:
                out.extend(sounds.split())
                at = match.end()
                break
        else:
            if word[at] in _LETTERS:
                out.append(word[at])
            at += 1
    return out


def _syllable(onset: str, rhyme: str) -> str | None:
    """Toneless syllable for a consonant ("" for none) and a vowel, perhaps with its nasal."""
    if not onset and rhyme in _BARE:
        return _BARE[rhyme]
    hard, soft = _ONSETS.get(onset, onset), _SOFT.get(onset, "")
    for final in _FINALS.get(rhyme, ()):
        front = final.startswith("i")
        for letter in (soft, hard) if front and soft else (hard,):
            spelled = letter + final
            if spelled in SYLLABLES:
                return spelled
    return None


def _close_syllable(vowel: str, sounds: list[str], at: int) -> str:
    """The vowel with a nasal that closes its syllable: n, m or ng before no other vowel."""
    nasal = sounds[at] if at < len(sounds) else ""
    follows = sounds[at + 1] if at + 1 < len(sounds) else ""
    if nasal not in ("n", "N") or (follows in _FINALS and nasal == "n"):
        return vowel
    short = {"ei": "e", "ou": "o", "ar": "a", "or": "o", "er": "e"}.get(vowel, vowel)
    joined = short + nasal
    return joined if joined in _FINALS else vowel


def spelled_out(word: str) -> tuple[str, ...]:
    """Syllables with tones for a word in lower-case ASCII letters; never empty.

    The first full syllable is high, the last falls, and the light ones are neutral.
    """
    sounds = _sounds(word)
    said: list[str] = []
    at = 0
    while at < len(sounds):
        onset = "" if sounds[at] in _FINALS else sounds[at]
        vowel_at = at + 1 if onset else at
        if vowel_at >= len(sounds) or sounds[vowel_at] not in _FINALS:
            said.append(_ALONE.get(onset, "e5"))
            at += 1
            continue
        vowel = sounds[vowel_at]
        rhyme = _close_syllable(vowel, sounds, vowel_at + 1)
        at = vowel_at + (2 if rhyme != vowel and rhyme.endswith(("n", "N")) else 1)
        syllable = _syllable(onset, rhyme)
        if syllable is None:
            said.append(_ALONE.get(onset, "e5"))
            syllable = _syllable("", rhyme) or "e"
        said.append(syllable)
    return _with_tones(said) or ("e5",)


def _with_tones(said: list[str]) -> tuple[str, ...]:
    full = [i for i, syllable in enumerate(said) if syllable[-1] != "5"]
    last = full[-1] if len(full) > 1 else -1
    return tuple(
        syllable if syllable[-1] == "5" else syllable + ("4" if i == last else "1")
        for i, syllable in enumerate(said)
    )
