"""Reasons that systems and libraries give in English, in Chinese where one is common."""

from __future__ import annotations

import re
from typing import Final

_REASONS: Final = {
    "No such file or directory": "找不到",
    "Permission denied": "沒有權限",
    "Operation not permitted": "不允許",
    "No space left on device": "磁碟滿了",
    "Disk quota exceeded": "超過磁碟配額",
    "Read-only file system": "唯讀的檔案系統",
    "Is a directory": "是資料夾",
    "Not a directory": "不是資料夾",
    "File exists": "檔案已存在",
    "File name too long": "檔名太長",
    "Too many open files": "開啟的檔案太多",
    "Input/output error": "讀寫錯誤",
    "Connection refused": "對方拒絕連線",
    "Connection reset by peer": "連線被對方中斷",
    "Network is unreachable": "網路不通",
    "No route to host": "到不了主機",
    "Name or service not known": "找不到主機",
    "Temporary failure in name resolution": "查不到主機的位址",
    "nodename nor servname provided, or not known": "找不到主機",
    "Connection timed out": "連線逾時",
    "Address already in use": "已有程式在用",
    "has no address": "沒有位址",
    "timed out": "逾時",
    "embedded null byte": "檔名裡有空字元",
    "it is not UTF-8 text": "不是 UTF-8 文字",
    "pip printed nothing": "pip 沒說原因",
    "the stream ends inside a frame header": "結束在音框標頭裡",
    "the stream ends inside a frame": "結束在音框裡",
    "the stream ends inside an ID3 header": "結束在 ID3 標頭裡",
    "the stream ends inside an ID3 tag": "結束在 ID3 標籤裡",
    "no frame begins here": "這裡沒有音框",
    "not MPEG Layer III": "不是 MPEG Layer III",
    "free-format frames are not supported": "不支援自由格式的音框",
    "a reserved value in the frame header": "音框標頭有保留值",
    "an ID3 tag with an impossible size": "ID3 標籤的大小不可能",
    "an APE tag longer than the stream": "APE 標籤比檔案還長",
}
_PATTERNS: Final = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"(?:Error \d+ connecting to \S+?\. )?Connect call failed \([^()]*\)\.?", "對方拒絕連線"),
        (r"(?:ERROR: )?No matching distribution found for (\S+)", r"套件庫沒有 \1"),
        (
            r"(?:ERROR: )?Could not find a version that satisfies the requirement (\S+).*",
            r"套件庫沒有 \1",
        ),
        (r"Generic \S+ error: .*error sending request.*", "連不上儲存服務"),
        (r"Generic URL error: .*", "不認得這種網址"),
        (r"[A-Z][^()]* \(at line (\d+), column (\d+)\)", r"第 \1 行第 \2 字附近寫錯了"),
        (
            r"[A-Z].*, line (\d+), column (\d+)(?: \(<string>, line \d+\))?",
            r"第 \1 行第 \2 字附近寫錯了",
        ),
        (r"(\S+) could not be reached \((.*)\)", r"連不上 \1：\2"),
        (r"Invalid port: .*", "連接埠不對"),
        (r"cannot identify image file .*", "不是認得的圖片"),
        (r"Expecting property name enclosed in double quotes", "鍵要用雙引號括起來"),
        (r"Expecting ('.') delimiter", r"少了 \1"),
        (r"Expecting value", "少了值"),
        (r"Unterminated string starting at", "引號沒有關上"),
        (r"Invalid control character at", "引號裡有控制字元"),
        (r"Extra data", "後面還有東西"),
        (r"not a flat object of texts and numbers", "不是一層的物件"),
        (r"the line must be spoken again", "這一句要重新合成"),
    )
)
"""What libraries say with facts of their own in it."""
_NAMES: Final = {
    "the page": "這一頁",
    "standard input": "標準輸入",
    "no named type": "沒有寫明的類型",
    "OpenAI-compatible": "相容 OpenAI",
    "no reason": "沒說原因",
}
"""What we call things that have no name of their own; whole facts only."""
_KNOWN: Final = re.compile("|".join(map(re.escape, sorted(_REASONS, key=len, reverse=True))))
_PATH: Final = re.compile(r": '[^']*'$")
"""At the end of what the system says of a file, which the message names already."""
_NUMBER: Final = re.compile(r"\[(?:Errno|WinError) -?\d+\] ?")


def in_chinese(text: str) -> str:
    """A fact with the reasons in it that are known, in Chinese."""
    if text in _NAMES:
        return _NAMES[text]
    text = _NUMBER.sub("", text)
    for pattern, chinese in _PATTERNS:
        text = pattern.sub(chinese, text)
    if _KNOWN.search(text):
        text = _PATH.sub("", text)
    return _KNOWN.sub(lambda found: _REASONS[found[0]], text)
