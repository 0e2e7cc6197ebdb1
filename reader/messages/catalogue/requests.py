"""Requests to the service that are not as its API says."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "request-invalid": Message(
        Wording("{complaints}"),
        Wording("{complaints}"),
    ),
    "not-one-source": Message(
        Wording(
            "send exactly one of text, html, url and page",
            page="Paste an article, or the address of a page",
        ),
        Wording("text、html、url、page 請只送一個", page="請貼上文章，或網頁的網址"),
    ),
    "field-missing": Message(
        Wording("{field}: is missing; send it"),
        Wording("缺少 {field}：請送上"),
    ),
    "field-unknown": Message(
        Wording("{field}: is not known; leave it out"),
        Wording("沒有 {field} 這個欄位：請拿掉"),
    ),
    "field-not-text": Message(
        Wording("{field}: must be text"),
        Wording("{field} 要是文字"),
    ),
    "field-not-number": Message(
        Wording("{field}: must be a number"),
        Wording("{field} 要是數字"),
    ),
    "field-not-bool": Message(
        Wording("{field}: must be true or false"),
        Wording("{field} 要是 true 或 false"),
    ),
    "field-too-small": Message(
        Wording("{field}: must be at least {limit}"),
        Wording("{field} 不能小於 {limit}"),
    ),
    "field-not-above": Message(
        Wording("{field}: must be greater than {limit}"),
        Wording("{field} 要大於 {limit}"),
    ),
    "field-too-large": Message(
        Wording("{field}: must be at most {limit}"),
        Wording("{field} 不能大於 {limit}"),
    ),
    "field-too-short": Message(
        Wording("{field}: must have at least {limit} characters"),
        Wording("{field} 至少要 {limit} 個字"),
    ),
    "field-too-long": Message(
        Wording("{field}: must have at most {limit} characters"),
        Wording("{field} 最多 {limit} 個字"),
    ),
    "field-not-like": Message(
        Wording("{field}: must match {limit}"),
        Wording("{field} 要符合 {limit}"),
    ),
    "field-not-among": Message(
        Wording("{field}: must be {limit}"),
        Wording("{field} 要是 {limit}"),
    ),
    "field-other": Message(
        Wording("{field}: cannot be used ({reason}); change it"),
        Wording("{field} 不能用（{reason}）：請修改"),
    ),
    "json-invalid": Message(
        Wording("body: no JSON from character {position} on ({reason}); check it"),
        Wording("內容從第 {position} 個字元起不是 JSON（{reason}）：請檢查"),
    ),
    "body-not-object": Message(
        Wording("{field}: must be a JSON object"),
        Wording("{field} 要是 JSON 物件"),
    ),
    "path-unknown": Message(
        Wording(
            "there is nothing at this path; see /docs",
            page="There is no such page: go back to the first",
        ),
        Wording("這個路徑沒有東西：請看 /docs", page="沒有這一頁：請回首頁"),
    ),
    "method-unknown": Message(
        Wording("this path knows no such method; see /docs"),
        Wording("這個路徑不支援這個方法：請看 /docs"),
    ),
    "model-unknown": Message(
        Wording("there is no such model; choose one of: {names}"),
        Wording("沒有這個模型：請從這些選：{names}"),
    ),
    "body-not-json": Message(
        Wording("send `Content-Type: application/json` with a JSON body, not {found}"),
        Wording("請送 JSON 內容，並標 `Content-Type: application/json`，而不是 {found}"),
    ),
}
