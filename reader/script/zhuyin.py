"""Pinyin with tone digits to 注音 and back."""

from __future__ import annotations

from functools import lru_cache

_INITIALS = {
    "b": "ㄅ",
    "p": "ㄆ",
    "m": "ㄇ",
    "f": "ㄈ",
    "d": "ㄉ",
    "t": "ㄊ",
    "n": "ㄋ",
    "l": "ㄌ",
    "g": "ㄍ",
    "k": "ㄎ",
    "h": "ㄏ",
    "j": "ㄐ",
    "q": "ㄑ",
    "x": "ㄒ",
    "zh": "ㄓ",
    "ch": "ㄔ",
    "sh": "ㄕ",
    "r": "ㄖ",
    "z": "ㄗ",
    "c": "ㄘ",
    "s": "ㄙ",
}
_FINALS = {
    "a": "ㄚ",
    "o": "ㄛ",
    "e": "ㄜ",
    "ê": "ㄝ",
    "ai": "ㄞ",
    "ei": "ㄟ",
    "ao": "ㄠ",
    "ou": "ㄡ",
    "an": "ㄢ",
    "en": "ㄣ",
    "ang": "ㄤ",
    "eng": "ㄥ",
    "er": "ㄦ",
    "i": "ㄧ",
    "ia": "ㄧㄚ",
    "io": "ㄧㄛ",
    "ie": "ㄧㄝ",
    "iao": "ㄧㄠ",
    "iu": "ㄧㄡ",
    "ian": "ㄧㄢ",
    "in": "ㄧㄣ",
    "iang": "ㄧㄤ",
    "ing": "ㄧㄥ",
    "u": "ㄨ",
    "ua": "ㄨㄚ",
    "uo": "ㄨㄛ",
    "uai": "ㄨㄞ",
    "ui": "ㄨㄟ",
    "uan": "ㄨㄢ",
    "un": "ㄨㄣ",
    "uang": "ㄨㄤ",
    "ong": "ㄨㄥ",
    "v": "ㄩ",
    "ve": "ㄩㄝ",
    "van": "ㄩㄢ",
    "vn": "ㄩㄣ",
    "iong": "ㄩㄥ",
}
_WHOLE = {
    "yi": "ㄧ",
    "ya": "ㄧㄚ",
    "yo": "ㄧㄛ",
    "ye": "ㄧㄝ",
    "yai": "ㄧㄞ",
    "yao": "ㄧㄠ",
    "you": "ㄧㄡ",
    "yan": "ㄧㄢ",
    "yin": "ㄧㄣ",
    "yang": "ㄧㄤ",
    "ying": "ㄧㄥ",
    "wu": "ㄨ",
    "wa": "ㄨㄚ",
    "wo": "ㄨㄛ",
    "wai": "ㄨㄞ",
    "wei": "ㄨㄟ",
    "wan": "ㄨㄢ",
    "wen": "ㄨㄣ",
    "wang": "ㄨㄤ",
    "weng": "ㄨㄥ",
    "yu": "ㄩ",
    "yue": "ㄩㄝ",
    "yuan": "ㄩㄢ",
    "yun": "ㄩㄣ",
    "yong": "ㄩㄥ",
    "ng": "ㄫ",
    "zhi": "ㄓ",
    "chi": "ㄔ",
    "shi": "ㄕ",
    "ri": "ㄖ",
    "zi": "ㄗ",
    "ci": "ㄘ",
    "si": "ㄙ",
}
_TONES = {"1": "", "2": "ˊ", "3": "ˇ", "4": "ˋ", "5": "˙"}


def _symbols(base: str) -> str | None:
    if base in _WHOLE:
        return _WHOLE[base]
    cut = 2 if base[:2] in _INITIALS else 1 if base[:1] in _INITIALS else 0
    initial, final = base[:cut], base[cut:]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:] if final != "u" else "v"
    if final not in _FINALS:
        return None
    return _INITIALS.get(initial, "") + _FINALS[final]


@lru_cache(maxsize=4096)
def zhuyin(syllable: str) -> str:
    """注音 of one pinyin syllable with a tone digit: `zhong1` → ㄓㄨㄥ, `de5` → ˙ㄉㄜ.

    The light tone's dot stands before, other marks after, as schoolbooks write them.

    Raises:
        ValueError: if it is not a syllable of Mandarin.
    """
    base, tone = syllable[:-1], syllable[-1:]
    symbols = _symbols(base)
    if symbols is None or tone not in _TONES:
        message = f"Not a pinyin syllable with a tone digit: {syllable!r}"
        raise ValueError(message)
    return _TONES[tone] + symbols if tone == "5" else symbols + _TONES[tone]


@lru_cache(maxsize=1)
def _pinyin_of_symbols() -> dict[str, str]:
    from_symbols: dict[str, str] = {symbols: base for base, symbols in _WHOLE.items()}
    for initial, letter in _INITIALS.items():
        for final, symbols in _FINALS.items():
            spelled = final.replace("v", "u", 1) if initial in ("j", "q", "x") else final
            from_symbols.setdefault(letter + symbols, initial + spelled)
    for final, symbols in _FINALS.items():
        from_symbols.setdefault(symbols, final)
    return from_symbols


@lru_cache(maxsize=4096)
def pinyin_of_zhuyin(marked: str) -> str:
    """The reverse of `zhuyin`: ㄓㄨㄥ → `zhong1`, ˙ㄉㄜ → `de5`.

    Raises:
        ValueError: if it is not 注音 of one syllable.
    """
    tone = next((digit for digit, mark in _TONES.items() if mark and mark in marked), "1")
    base = _pinyin_of_symbols().get(marked.replace(_TONES[tone], "") if tone != "1" else marked)
    if base is None:
        message = f"Not one syllable of 注音: {marked!r}"
        raise ValueError(message)
    return base + tone
