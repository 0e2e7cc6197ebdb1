"""What the file says about itself: ID3v2.4."""

from __future__ import annotations

import io
from dataclasses import dataclass

from mutagen.id3 import COMM, ID3, TALB, TDRC, TIT2, TLAN, TPE1, WOAF

DISCLOSURE = "本音檔由語音合成。This audio is synthetic speech."


@dataclass(frozen=True, slots=True)
class Tags:
    """Empty strings are left out."""

    title: str
    artist: str = ""
    album: str = ""
    date: str = ""
    """ISO 8601."""
    source_url: str = ""

    def to_id3(self) -> bytes:
        """An ID3v2.4 tag."""
        tag = ID3()
        tag.add(TIT2(encoding=3, text=_clean(self.title)))
        tag.add(TLAN(encoding=3, text="zho"))
        tag.add(COMM(encoding=3, lang="zho", desc="", text=DISCLOSURE))
        if self.artist:
            tag.add(TPE1(encoding=3, text=_clean(self.artist)))
        if self.album:
            tag.add(TALB(encoding=3, text=_clean(self.album)))
        if self.date:
            tag.add(TDRC(encoding=3, text=self.date))
        if self.source_url.isascii() and self.source_url:
            tag.add(WOAF(url=self.source_url))
        out = io.BytesIO()
        tag.save(out, v2_version=4, padding=lambda _: 0)
        return out.getvalue()


def _clean(text: str) -> str:
    """A NUL ends or splits an ID3 text; lone surrogates cannot be encoded."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
