"""Mandarin syllables as Kokoro's phonemes: IPA, with the tone as an arrow after the vowel.

Initials and finals as the phonology of Standard Chinese describes them (Duanmu 2007, Lin
2007): ㄅ is an unaspirated p, the glides are j, w and ɥ, the vowel of ㄓ ㄗ is one sign. The
model was taught the table of the package `misaki`; a test compares every syllable with it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reader.errors import Unpronounceable

_TONES: Final = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


_INITIALS: Final = _pairs(
    "b:p p:pʰ m:m f:f d:t t:tʰ n:n l:l g:k k:kʰ h:x j:ʨ q:ʨʰ x:ɕ zh:ꭧ ch:ꭧʰ sh:ʂ r:ɻ z:ʦ c:ʦʰ s:s"
)
_FINALS: Final = _pairs(
    "a:a- ai:ai- an:a-n ang:a-ŋ ao:au- e:ɤ- ei:ei- en:ə-n eng:ə-ŋ o:wo- ou:ou- ong:ʊ-ŋ "
    "i:i- ia:ja- ian:jɛ-n iang:ja-ŋ iao:jau- ie:je- in:i-n ing:i-ŋ iong:jʊ-ŋ iu:jou- "
    "u:u- ua:wa- uai:wai- uan:wa-n uang:wa-ŋ ui:wei- un:wə-n ueng:wə-ŋ uo:wo- "
    "v:y- ve:ɥe- van:ɥɛ-n vn:y-n"
)
"""The tone stands where the hyphen is."""
_WHOLE: Final = _pairs("o:ɔ- er:ɚ- ê:ɛ- eh:ɛ- yo:jɔ- yai:jai- m:m- n:n- ng:ŋ-")
_SYLLABIC: Final = "ɨ-"
"""The vowel of ㄓ ㄔ ㄕ ㄖ ㄗ ㄘ ㄙ, which pinyin writes i."""
_SPELLED: Final = {"yi": "i", "you": "iu", "yu": "v", "wu": "u", "wei": "ui", "wen": "un"}
"""Finals that pinyin spells otherwise where no initial stands before them."""
_FRONT: Final = {"zh", "ch", "sh", "r", "z", "c", "s"}


@lru_cache(maxsize=4096)
def mandarin_phonemes(pinyin: str) -> str:
    """Phonemes of one syllable with a tone digit 1–5: `zhong1` → `ꭧʊ→ŋ`.

    Raises Unpronounceable for what is no syllable.
    """
    base, tone = pinyin[:-1], _TONES.get(pinyin[-1:])
    initial, final = ("", base) if base in _WHOLE else _parts(base)
    said = _WHOLE.get(base) or _FINALS.get(final)
    if tone is None or said is None:
        raise Unpronounceable("kokoro-no-syllable", syllable=pinyin)
    if final == "i" and initial in _FRONT:
        said = _SYLLABIC
    return _INITIALS.get(initial, "") + said.replace("-", tone)


def _parts(base: str) -> tuple[str, str]:
    """Initial, or "", and final of a toneless syllable in pinyin."""
    cut = 2 if base[:2] in _INITIALS else 1 if base[:1] in _INITIALS else 0
    initial, final = base[:cut], base[cut:]
    if not initial:
        return "", _without_initial(final)
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:]
    return initial, final


def _without_initial(final: str) -> str:
    if final in _SPELLED:
        return _SPELLED[final]
    if final.startswith("yu"):
        return "iong" if final == "yung" else "v" + final[2:]
    if final == "yong":
        return "iong"
    if final in ("yin", "ying"):
        return final[1:]
    if final[:1] == "y":
        return "i" + final[1:]
    if final[:1] == "w":
        return "u" + final[1:]
    return final
