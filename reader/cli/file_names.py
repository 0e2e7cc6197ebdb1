"""Names for files, made of titles and addresses: legal on Linux, macOS and Windows alike."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_BYTES: Final = 200
"""Of UTF-8, with the suffix: file systems take 255, and a name grows by ` (2)` or `.part`."""
_WIDE: Final = str.maketrans('<>:"/\\|?*', "＜＞：”／＼｜？＊")
"""What Windows forbids, in the form that Chinese text has it."""
_DEVICE: Final = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?")
"""Names that are devices on Windows, whatever their extension."""
_ZERO_WIDTH_JOINER: Final = "\u200d"


def file_name(title: str, suffix: str, default: str = "tingwen") -> str:
    """A legal name that looks like `title`, with a suffix such as `.mp3`; `default` if nothing of
    the title is left."""
    text = unicodedata.normalize("NFC", " ".join(title.split())).translate(_WIDE)
    stem = _cut("".join(filter(_is_visible, text)).strip(" .-"), MAX_BYTES - len(suffix.encode()))
    stem = stem.rstrip(" .") or default
    return f"_{stem}{suffix}" if _DEVICE.fullmatch(stem + suffix) else stem + suffix


def _is_visible(char: str) -> bool:
    """Not what steers (line ends, directions) or stands for nothing; it joins emoji at most."""
    return char == _ZERO_WIDTH_JOINER or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn")


def _cut(text: str, n_bytes: int) -> str:
    """As many whole characters from the first as fit."""
    kept = text.encode()[:n_bytes].decode(errors="ignore")
    while len(kept) < len(text) and kept and unicodedata.combining(text[len(kept)]):
        kept = kept[:-1]  # a mark is not parted from its letter
    return kept
