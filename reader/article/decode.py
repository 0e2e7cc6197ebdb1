"""Bytes to text, whatever the page declares: UTF-8, Big5 (cp950), GB18030, UTF-16."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})""", re.IGNORECASE
)
_HEAD_BYTES = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers read these names as the larger set (WHATWG Encoding Standard, section 4.2).
_LARGER = {
    "big5": "cp950", "big5-hkscs": "big5hkscs", "big5-eten": "cp950", "x-x-big5": "cp950",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
}  # fmt: skip
# Codecs of Python that no page is written in: `hex`, `zlib` and their like are no text encodings.
_NO_CHARSETS = frozenset(
    ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7")
)
_CHINESE = ("cp950", "gb18030", "big5hkscs")
# The characters that news is full of, in both scripts: text decoded wrongly holds few.
_FREQUENT = frozenset(
    "的一是不在有了人中國国大為为這这個个上我以要時时來来用們们生到作地於于出就分對对成會会可主發发年動动同工也能下過过"
    "子說说產产種种面而方後后多定行學学法所民得經经十三之進进著着等部度家電电力裡里如水化高自二理起小現现實实加量都兩两"
    "體体制機机當当使點点從从業业本去把性好應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间樣样與与關关各"
    "重新線线內内數数正心反你明看原又利比或但質质氣气第向道命此變变條条只沒没結结解問问意建月公無无系軍军很情者最立代想"
    "已通並并提直題题黨党程展五果料象員员革位入常文總总次品式活設设及管特件長长求老頭头基資资邊边流路級级少圖图山統统接"
    "知較较將将組组見见計计別别她手角期根論论運运農农指幾几九區区強强放決决西被幹干做必戰战先回則则任取據据處处報报導导"
    "記记稱称表示今昨警方市縣县台臺灣湾美總統府市長議員表示指出，。、：「」"
)
_TRIAL_BYTES = 60_000
_ZERO_EVERY = 20
_LOPSIDED = 8
_WIDE = ("utf-16-le", "utf-16-be")
_LIKE_NEWS = 0.15
"""Share of frequent characters: news has 0.3 and more, bytes by chance 0.01."""
_SURELY_UTF8 = 12
_CLEARLY_UTF8 = 0.001
"""A page with a few cut characters (share of bad bytes below this) is still UTF-8."""


def decode(content: bytes, declared: str = "") -> str:
    """The text of a page. `declared` is the charset of the HTTP header, believed last.

    Bytes that no encoding explains become U+FFFD; a page is never refused for its encoding.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, "replace")
    wide = find_wide_encoding(content)
    if wide:
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_utf8_so_far(content[: error.start]):
            return content.decode("utf-8", "replace")
        return content.decode(_best_encoding(content, declared), "replace")


def find_wide_encoding(content: bytes) -> str:
    """UTF-16 or UTF-32 without its mark, by where its zero bytes stand; "" for other text.

    Wide text has a zero in each space, line end and mark of HTML; other text has none.
    """
    head = content[: _HEAD_BYTES - _HEAD_BYTES % 4]
    zeros = [head[at::4].count(0) for at in range(4)]
    if sum(zeros) < max(2, len(head) // _ZERO_EVERY):
        return ""
    if min(zeros[2:]) > 4 * max(zeros[0], 1) and zeros[3] * 5 > len(head):
        return "utf-32-le"
    if min(zeros[:2]) > 4 * max(zeros[3], 1) and zeros[0] * 5 > len(head):
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if odd > _LOPSIDED * even:
        return "utf-16-le"
    return "utf-16-be" if even > _LOPSIDED * odd else ""


def is_wide_chinese(head: bytes) -> bool:
    """Whether it is Chinese in UTF-16 without a mark, of too few lines to be told by zeros."""
    even = head[: len(head) - len(head) % 2]
    return max(_likeness(even, name) for name in _WIDE) > _LIKE_NEWS


def _is_utf8_so_far(sound: bytes) -> bool:
    """Whether a sound beginning holds more characters than chance makes sound.

    Big5 or GBK text of a dozen characters is hardly ever sound UTF-8.
    """
    return sum(byte >= 0xE0 for byte in sound[-_TRIAL_BYTES:]) >= _SURELY_UTF8


def _best_encoding(content: bytes, declared: str) -> str:
    trial = content[:_TRIAL_BYTES] if content.isascii() else _chinese_part(content)
    if trial.decode("utf-8", "replace").count("\ufffd") <= len(trial) * _CLEARLY_UTF8 + 1:
        return "utf-8"
    candidates = [*_CHINESE, "utf-8", *_WIDE]
    for name in (_named_inside(content), declared):
        codec = _find_codec(name)
        if codec and codec not in candidates and codec not in ("latin-1", "iso8859-1", "cp1252"):
            candidates.insert(0, codec)
    return max(candidates, key=lambda name: _likeness(trial, name))


def _chinese_part(content: bytes) -> bytes:
    """The stretch that starts at the first byte beyond ASCII: heads hold long scripts."""
    first = next((i for i in range(0, len(content), 1) if content[i] > 127), 0)
    first -= first % 2  # UTF-16 is read in pairs
    return content[first : first + _TRIAL_BYTES]


def _named_inside(content: bytes) -> str:
    found = _DECLARED.search(content[:_HEAD_BYTES])
    return found.group(1).decode("ascii") if found else ""


def _find_codec(name: str) -> str:
    try:
        lowered = name.strip().lower()
        found = codecs.lookup(_LARGER.get(lowered, lowered)) if name else None
    except (LookupError, UnicodeError, ValueError):
        return ""
    if found is None or found.name.replace("_", "-") in _NO_CHARSETS or not found._is_text_encoding:
        return ""
    return found.name


def _likeness(trial: bytes, name: str) -> float:
    """How much the text, decoded so, looks like Chinese news: frequent characters, no holes."""
    text = trial.decode(name, "replace")
    beyond_ascii = [c for c in text if c > "\u007f"]
    if not beyond_ascii:
        return 0.0
    frequent = sum(c in _FREQUENT for c in beyond_ascii)
    return (frequent - 2 * beyond_ascii.count("\ufffd")) / len(beyond_ascii)
