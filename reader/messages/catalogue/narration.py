"""The narration, and the workers that speak for it."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "cluster-extra-missing": Message(
        Wording(
            "TINGWEN_BROKER needs Celery and Redis' client; run `pip install "
            "'tingwen[cluster]'`, or unset it",
        ),
        Wording(
            "TINGWEN_BROKER 需要 Celery 和 Redis 用戶端：請執行 `pip install "
            "'tingwen[cluster]'`，或不要設它",
        ),
    ),
    "clip-not-shared": Message(
        Wording(
            "a worker has spoken a clip that is not in the cache {cache}; give "
            "service and workers the same TINGWEN_CACHE",
        ),
        Wording("合成好的片段不在快取 {cache}：請讓服務和合成工作者用同一個 TINGWEN_CACHE"),
    ),
    "broker-away": Message(
        Wording(
            "the broker {broker} does not answer ({reason}); start it, or unset TINGWEN_BROKER",
            http="the broker does not answer; nothing can be spoken: try again later",
        ),
        Wording(
            "訊息佇列 {broker} 沒有回應（{reason}）：請啟動它，或不要設 TINGWEN_BROKER",
            http="訊息佇列沒有回應，目前無法合成語音：請稍後再試",
        ),
    ),
    "no-worker": Message(
        Wording(
            "no worker is there to speak (broker {broker}); start one with `tingwen worker`",
            http="no worker is there to speak; try again later",
            page="Nobody can speak it at the moment: try again later",
        ),
        Wording(
            "沒有合成工作者（訊息佇列 {broker}）：請用 `tingwen worker` 啟動",
            http="沒有合成工作者：請稍後再試",
            page="目前沒有機器可以合成語音：請稍後再試",
        ),
    ),
    "broker-bad": Message(
        Wording("TINGWEN_BROKER is {broker!r}; it must be like redis://localhost:6379/0"),
        Wording("TINGWEN_BROKER 是 {broker!r}：要像 redis://localhost:6379/0"),
    ),
    "cache-in-memory": Message(
        Wording(
            "workers cannot share a cache in memory; set TINGWEN_CACHE to a folder or a bucket",
        ),
        Wording(
            "合成工作者不能共用記憶體裡的快取：請把 TINGWEN_CACHE 設成資料夾或雲端儲存空間",
        ),
    ),
    "unexpected": Message(
        Wording("unexpected {name}; please report it"),
        Wording("發生沒料到的 {name}：請回報"),
    ),
    "workers-died": Message(
        Wording(
            "{n_tries} workers died of this sentence; leave it out, or ask for another voice",
        ),
        Wording("{n_tries} 個合成工作者因這一句當掉：請刪掉這一句，或換個聲音"),
    ),
    "sentence-too-slow": Message(
        Wording(
            "the voice {voice} took more than {limit_s:.0f} s for one sentence; try again later",
        ),
        Wording("聲音 {voice} 一句花了超過 {limit_s:.0f} 秒：請稍後再試"),
    ),
    "worker-version-differs": Message(
        Wording(
            "the worker's voice {voice} is of another version than the service's; "
            "install the same release on both",
        ),
        Wording("合成工作者的聲音 {voice} 和服務的版本不同：請兩邊裝同一版"),
    ),
    "check-extra-missing": Message(
        Wording("checking needs faster-whisper; run `pip install 'tingwen[check]'`"),
        Wording("檢聽需要 faster-whisper：請執行 `pip install 'tingwen[check]'`"),
    ),
    "whisper-missing": Message(
        Wording(
            "the Whisper model {name!r} cannot be loaded ({reason}); set "
            "TINGWEN_WHISPER to a folder that holds one",
        ),
        Wording(
            "Whisper 模型 {name!r} 載不進來（{reason}）：請把 TINGWEN_WHISPER 設成放模型的資料夾",
        ),
    ),
    "voice-name-empty": Message(
        Wording(
            "the voice has no name; leave it out or ask for `auto`",
            page="The voice has no name: choose one",
        ),
        Wording("聲音沒有名字：請不要給，或給 `auto`", page="聲音沒有名字：請選一個"),
    ),
    "mix-needs-fallback": Message(
        Wording("`mix` needs another voice; leave out one of `mix` and `no-fallback`"),
        Wording("`mix` 需要別的聲音：`mix` 和 `no-fallback` 請拿掉一個"),
    ),
    "storage-failed": Message(
        Wording("{cause}"),
        Wording("{cause}"),
    ),
    "cache-forgets": Message(
        Wording(
            "the cache does not give back what is put; look at its disk",
            page="The service has a problem with its disk: try again later",
        ),
        Wording("快取存進去的拿不回來：請檢查它的磁碟", page="伺服器的磁碟有問題：請稍後再試"),
    ),
    "only-silence": Message(
        Wording("the voice {voice} sent only silence; try another voice"),
        Wording("聲音 {voice} 只送來無聲：請換個聲音"),
    ),
    "sentence-lost": Message(
        Wording("the workers lost a sentence {n_times} times; see their logs and memory"),
        Wording("合成工作者弄丟一句 {n_times} 次：請看它們的日誌和記憶體"),
    ),
    "failed-elsewhere": Message(
        Wording("the voice failed in another process, which could not say why; try again"),
        Wording("聲音在另一個程序裡失敗，說不出原因：請再試一次"),
    ),
    "by-voice": Message(
        Wording("{voice}: {cause}"),
        Wording("{voice}：{cause}"),
    ),
    "several-failed": Message(
        Wording("{causes}"),
        Wording("{causes}"),
    ),
    "in-sentence": Message(
        Wording("sentence {number} 「{start}」: {cause}"),
        Wording("第 {number} 句「{start}」：{cause}"),
    ),
    "and-more": Message(
        Wording("and {n} more"),
        Wording("還有 {n} 句"),
    ),
}
