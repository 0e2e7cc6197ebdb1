"""The Chinese of `tingwen cache`: what it holds, and what was withdrawn."""

from __future__ import annotations

from typing import Final

CACHE: Final = {
    "  {kind:<12} {n_objects:>9,} objects  {size:>9}": "  {kind:<12} {n_objects:>9,} 個  {size:>9}",
    "together": "合計",
    "no limit": "沒有上限",
    "limit {size}": "上限 {size}",
    "another release keeps {n_objects:,} objects, {size}, in {release}/": (
        "其他版本在 {release}/ 有 {n_objects:,} 個，{size}"
    ),
    "damaged, set aside: {key} ({why})": "壞了，已移開：{key}（{why}）",
    "sound: {n_objects:,} objects, {size}": "完好：{n_objects:,} 個，{size}",
    "half written: {n:,}; `tingwen cache prune` removes them": (
        "寫到一半的：{n:,} 個；`tingwen cache prune` 會清掉"
    ),
    "would remove {n_objects:,} {kind}": "會清掉 {n_objects:,} 個 {kind}",
    "removed {n_objects:,} {kind}": "清掉 {n_objects:,} 個 {kind}",
    "would remove {n_objects:,} half written files": "會清掉 {n_objects:,} 個寫到一半的檔案",
    "removed {n_objects:,} half written files": "清掉 {n_objects:,} 個寫到一半的檔案",
    "kept {n:,} that are in use": "留下使用中的 {n:,} 個",
    "would remove {size}, {left} are left": "會清掉 {size}，還剩 {left}",
    "removed {size}, {left} are left": "清掉 {size}，還剩 {left}",
    "would remove {n_objects:,} objects of {release}, {size}": (
        "會清掉 {release} 的 {n_objects:,} 個，{size}"
    ),
    "removed {n_objects:,} objects of {release}, {size}": (
        "清掉 {release} 的 {n_objects:,} 個，{size}"
    ),
    "not a sealed object": "不是封好的物件",
    "the length is wrong": "長度不對",
    "the hash is wrong": "雜湊不對",
    "the hash is not the one in its name": "雜湊和檔名不同",
    "what it names is gone: {key}": "它要的不見了：{key}",
    "there is none": "沒有",
    "withdraw an article for good, and remove all of it": "下架一篇文章，文字和聲音全部移除",
    "let a withdrawn article be made again": "讓下架的文章可以重新製作",
    "list what was withdrawn": "列出下架的文章",
    "the id of a narration, or the article's address": "語音的識別碼，或文章的網址",
    "withdrawn: {name} (narrations: {n}); `tingwen cache restore` lets it be made again": (
        "已下架：{name}（語音 {n} 份）；要恢復請用 `tingwen cache restore`"
    ),
    "{name} may be made again": "{name} 可以重新製作了",
}
