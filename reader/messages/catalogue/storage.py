"""The cache and the disk: the cache's own English, and the Chinese of it."""

from __future__ import annotations

from typing import Final

from audio_cache.errors import ENGLISH
from reader.messages.message import Message, Rows, Wording

_CHINESE: Final = {
    "cache-unreadable": "快取 {location} 讀不了（{reason}）：請檢查空間和權限，或設 TINGWEN_CACHE",
    "cache-unwritable": "快取 {location} 寫不進（{reason}）：請檢查空間和權限，或設 TINGWEN_CACHE",
    "cache-unclearable": "快取 {location} 清不掉（{reason}）：請檢查空間和權限，或設 TINGWEN_CACHE",
    "cache-unmade": "快取 {location} 建不起來（{reason}）：請檢查空間和權限，或設 TINGWEN_CACHE",
    "cache-unopenable": "快取 {location} 打不開（{reason}）：請把 TINGWEN_CACHE "
    "設成資料夾或儲存空間的網址",
    "cache-object-gone": "{key} 壞了或不在：請把文章再送一次",
    "cache-limit-bad": "{variable} 是 {text!r}：要像 20GB、500MiB 或 1000000",
    "cache-damaged": "{location} 有 {n_objects:,} 個物件壞了，已移開，要用時會重做：請檢查磁碟",
}
_PAGE: Final = "The service has a problem with its disk: try again later"
_PAGE_CHINESE: Final = "伺服器的磁碟有問題：請稍後再試"

ROWS: Final[Rows] = {
    kind: Message(Wording(ENGLISH[kind], page=_PAGE), Wording(chinese, page=_PAGE_CHINESE))
    for kind, chinese in _CHINESE.items()
}
