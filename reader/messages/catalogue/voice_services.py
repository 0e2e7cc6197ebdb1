"""Voices that a service speaks: what it answers, and what it is set to."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "edge-no-variant": Message(
        Wording("the Edge service has no voice {variant!r}; choose one of: {names}"),
        Wording("Edge 服務沒有聲音 {variant!r}：請從這些選：{names}"),
    ),
    "voice-stopped-early": Message(
        Wording(
            "the {service} service stopped before 「{text}」; the line must be spoken again",
        ),
        Wording("{service} 服務唸到「{text}」之前就停了：這一句要重新合成"),
    ),
    "voice-broke-off": Message(
        Wording(
            "the {service} service broke off after {n_bytes} bytes of audio; the "
            "line must be spoken again",
        ),
        Wording("{service} 服務送了 {n_bytes} 位元組就斷了：這一句要重新合成"),
    ),
    "voice-no-clock": Message(
        Wording(
            "the {service} service answered 403 and no date to set the clock by ("
            "{reason}); choose another voice",
        ),
        Wording("{service} 服務回 403，也沒有日期可以對時（{reason}）：請換個聲音"),
    ),
    "voice-unreachable": Message(
        Wording(
            "the {service} service cannot be reached ({reason}); check the network "
            "or choose another voice",
        ),
        Wording("連不上 {service} 服務（{reason}）：請檢查網路，或換個聲音"),
    ),
    "voice-no-audio": Message(
        Wording("the {service} service sent no audio; the line must be spoken again"),
        Wording("{service} 服務沒有送來音訊：這一句要重新合成"),
    ),
    "voice-unreadable": Message(
        Wording(
            "the {service} service sent what edge-tts cannot read ({reason}); the "
            "line must be spoken again",
        ),
        Wording("{service} 服務送來 edge-tts 讀不懂的內容（{reason}）：這一句要重新合成"),
    ),
    "openai-format-bad": Message(
        Wording("the OpenAI format is {format!r}; choose one of: {names}"),
        Wording("OpenAI 的格式是 {format!r}：請從這些選：{names}"),
    ),
    "openai-missing": Message(
        Wording(
            "the voice `openai` has neither key nor server; set OPENAI_API_KEY, or "
            "TINGWEN_OPENAI_BASE_URL for a server of your own",
        ),
        Wording(
            "聲音 `openai` 沒有金鑰也沒有伺服器：請設 OPENAI_API_KEY，或用 "
            "TINGWEN_OPENAI_BASE_URL 指定自己的伺服器",
        ),
    ),
    "pitch-fixed": Message(
        Wording(
            "the voice {voice} cannot change its pitch; leave the pitch alone or "
            "choose another voice",
        ),
        Wording("聲音 {voice} 不能改音高：請不要改，或換個聲音"),
    ),
    "answer-too-long": Message(
        Wording("more than {most} bytes came back for one line; it must be spoken again"),
        Wording("一句話送回超過 {most} 位元組：這一句要重新合成"),
    ),
    "server-unreachable": Message(
        Wording(
            "the {service} server at {host} cannot be reached ({reason}); start it "
            "or choose another voice",
            http="the {service} server cannot be reached; try again later or choose another voice",
        ),
        Wording(
            "連不上 {host} 的 {service} 伺服器（{reason}）：請啟動它，或換個聲音",
            http="連不上 {service} 伺服器：請稍後再試，或換個聲音",
        ),
    ),
    "setting-not-number": Message(
        Wording("{name} is {value!r}; it must be a number, or not set at all"),
        Wording("{name} 是 {value!r}：要是數字，或不要設"),
    ),
    "limit-not-positive": Message(
        Wording("{name} is {value}; it must be more than 0"),
        Wording("{name} 是 {value}：要大於 0"),
    ),
    "voice-url-bad": Message(
        Wording("the {service} {name} is '{url}'; it must begin with http:// or https://"),
        Wording("{service} 的 {name} 是「{url}」：要以 http:// 或 https:// 開頭"),
    ),
    "server-wants-money": Message(
        Wording("the {service} server says: {what}; pay, or choose another voice"),
        Wording("{service} 伺服器要求付費（{what}）：請付費，或換個聲音"),
    ),
    "voice-busy": Message(
        Wording(
            "the {service} service answered {status} ({what}); try again later or "
            "choose another voice",
        ),
        Wording("{service} 服務回應 {status}（{what}）：請稍後再試，或換個聲音"),
    ),
    "voice-shut-out": Message(
        Wording(
            "the {service} service answered {status} ({what}): it refuses us; "
            "check its settings or choose another voice",
        ),
        Wording(
            "{service} 服務拒絕了我們，回應 {status}（{what}）：請檢查它的設定，或換個聲音",
        ),
    ),
    "voice-refused-line": Message(
        Wording(
            "the {service} service answered {status} ({what}) to this line; change "
            "the line or choose another voice",
        ),
        Wording("{service} 服務對這一句回應 {status}（{what}）：請改這一句，或換個聲音"),
    ),
    "voice-rests": Message(
        Wording("{cause}; it is asked again in {left_s:.0f} s, or choose another voice"),
        Wording("{cause}；{left_s:.0f} 秒後會再問，也可以換個聲音"),
    ),
    "voice-not-connected": Message(
        Wording(
            "the {service} service did not connect within {limit_s:g} s; try again "
            "later or choose another voice",
        ),
        Wording("{service} 服務 {limit_s:g} 秒內沒有接上：請稍後再試，或換個聲音"),
    ),
    "voice-not-begun": Message(
        Wording(
            "the {service} service did not send anything within {limit_s:g} s; try "
            "again later or choose another voice",
        ),
        Wording("{service} 服務 {limit_s:g} 秒內沒有送來聲音：請稍後再試，或換個聲音"),
    ),
    "voice-not-finished": Message(
        Wording(
            "the {service} service did not finish within {limit_s:g} s; try again "
            "later or choose another voice",
        ),
        Wording("{service} 服務 {limit_s:g} 秒內沒有唸完：請稍後再試，或換個聲音"),
    ),
    "voice-stalled": Message(
        Wording(
            "the {service} service did not go on within {limit_s:g} s; try again "
            "later or choose another voice",
        ),
        Wording("{service} 服務停了 {limit_s:g} 秒：請稍後再試，或換個聲音"),
    ),
}
