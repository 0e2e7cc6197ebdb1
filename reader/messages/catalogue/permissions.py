"""What a client of the service may not do: by its name, its site, its voice, its share."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "host-unknown": Message(
        Wording(
            "this service answers at localhost, not as {host!r}: ask it there, or say in "
            "TINGWEN_BASE_URL under which address it is seen",
        ),
        Wording(
            "這個服務只用 localhost 回應，不是 {host!r}：請從那裡開，"
            "或在 TINGWEN_BASE_URL 寫明對外網址",
        ),
    ),
    "site-not-named": Message(
        Wording(
            "pages of {origin} may not ask this service for work; name the site in "
            "TINGWEN_CORS_ORIGINS",
        ),
        Wording("{origin} 的網頁不能請這個服務做事：請把那個網站寫進 TINGWEN_CORS_ORIGINS"),
    ),
    "too-many-fetches": Message(
        Wording(
            "you have {most} pages to be fetched already; wait for them, or send the text",
            page="Too many pages are being fetched for you: wait a little, or paste the text",
        ),
        Wording(
            "你已經有 {most} 個網頁在抓：請等它們好，或直接送文字",
            page="正在替你抓的網頁太多了：請稍等，或直接貼上文章",
        ),
    ),
    "voice-not-offered": Message(
        Wording(
            "the service does not offer the voice {name!r}; choose one of /v1/voices",
            page="There is no voice {name!r}: choose another",
        ),
        Wording(
            "這個服務不提供 {name!r} 這個聲音：請從 /v1/voices 選",
            page="沒有「{name}」這個聲音：請另選一個",
        ),
    ),
    "input-too-long": Message(
        Wording(
            "input: has {n_chars:,} characters, at most {most:,} are read "
            "(TINGWEN_MAX_ARTICLE_CHARS); send it in pieces",
            page="The text has {n_chars:,} characters, at most {most:,} are read: send less",
        ),
        Wording(
            "input 有 {n_chars:,} 個字，最多 {most:,} 個（TINGWEN_MAX_ARTICLE_CHARS）：請分段送",
            page="內容有 {n_chars:,} 個字，最多 {most:,} 個：請分段送",
        ),
    ),
    "webhook-secret-short": Message(
        Wording(
            "TINGWEN_WEBHOOK_SECRET has {n_bytes} bytes, at least {least_bytes} are needed; take "
            "the output of `openssl rand -base64 32`, with whsec_ before it",
        ),
        Wording(
            "TINGWEN_WEBHOOK_SECRET 只有 {n_bytes} 個位元組，至少要 {least_bytes} 個：請用 "
            "`openssl rand -base64 32` 的輸出，前面加上 whsec_",
        ),
    ),
}
