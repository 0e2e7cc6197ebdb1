"""Commands that are asked for what they cannot do."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "file-unusable": Message(
        Wording("{path} cannot be used ({reason}): choose another name or place"),
        Wording("{path} 用不了（{reason}）：請換個名字或地方"),
    ),
    "nothing-to-prune": Message(
        Wording(
            "say what is to go: --max-bytes SIZE, --older-than AGE or --all, or "
            "set TINGWEN_CACHE_MAX_BYTES",
        ),
        Wording(
            "請說要清什麼：--max-bytes 大小、--older-than 時間或 --all，或設 "
            "TINGWEN_CACHE_MAX_BYTES",
        ),
    ),
    "release-not-whole": Message(
        Wording("another release can only go as a whole: --all --release NAME ({names})"),
        Wording("其他版本只能整個清：--all --release 名稱（{names}）"),
    ),
    "key-name-bad": Message(
        Wording("{name!r} cannot be a key's name; use letters, digits, . _ -, at most 40"),
        Wording("{name!r} 不能當金鑰的名稱：請用英數字和 . _ -，最多 40 字"),
    ),
    "broker-missing": Message(
        Wording("a worker needs a broker; set TINGWEN_BROKER, like redis://localhost:6379"),
        Wording("合成工作者要有訊息佇列：請設 TINGWEN_BROKER，例如 redis://localhost:6379"),
    ),
    "unexpected-because": Message(
        Wording("unexpected {name}: {reason}; please report it"),
        Wording("發生沒料到的 {name}（{reason}）：請回報"),
    ),
    "worker-not-here": Message(
        Wording("a worker needs Linux or macOS; on Windows run it in WSL or a container"),
        Wording("合成工作者要在 Linux 或 macOS：Windows 請在 WSL 或容器裡執行"),
    ),
    "allow-hosts-bad": Message(
        Wording("TINGWEN_ALLOW_HOSTS: {cause}"),
        Wording("TINGWEN_ALLOW_HOSTS：{cause}"),
    ),
}
