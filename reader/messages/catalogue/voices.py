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
    "kokoro-no-syllable": Message(
        Wording(
            "the voice `kokoro` has no syllable {syllable!r}; give the word "
            "another reading in the lexicon",
        ),
        Wording("聲音 `kokoro` 沒有音節 {syllable!r}：請在詞典裡給這個詞別的讀音"),
    ),
    "model-unloadable": Message(
        Wording(
            "the model {path} cannot be loaded ({reason}); remove its folder and "
            "run `tingwen voices install kokoro`",
            page="The embedded voice is damaged here: choose another voice",
        ),
        Wording(
            "模型 {path} 載不進來（{reason}）：請刪掉它的資料夾，再執行 `tingwen "
            "voices install kokoro`",
            page="這裡的內建聲音壞了：請換個聲音",
        ),
    ),
    "kokoro-latin-bad": Message(
        Wording("TINGWEN_KOKORO_LATIN is {value!r}; it must be one of: {names}"),
        Wording("TINGWEN_KOKORO_LATIN 是 {value!r}：請從這些選：{names}"),
    ),
    "kokoro-no-variant": Message(
        Wording("the voice `kokoro` has no variant {variant!r}; choose one of: {names}"),
        Wording("聲音 `kokoro` 沒有 {variant!r} 這個版本：請從這些選：{names}"),
    ),
    "onnx-missing": Message(
        Wording(
            "the voice `kokoro` needs onnxruntime, which is not installed and may "
            "have no wheels for this machine; run `pip install onnxruntime`, or "
            "use the voice `baker`",
            page="The embedded voice cannot run here: choose another voice",
        ),
        Wording(
            "聲音 `kokoro` 要用的 onnxruntime 沒有安裝，或這台電腦裝不了：請執行 "
            "`pip install onnxruntime`，或用聲音 `baker`",
            page="這裡不能用內建聲音：請換個聲音",
        ),
    ),
    "kokoro-missing": Message(
        Wording(
            "the embedded voice `kokoro` is not installed in {folder}; run "
            "`tingwen voices install kokoro`",
            page="The embedded voice is not installed here: choose another voice",
        ),
        Wording(
            "內建聲音 `kokoro` 不在 {folder}：請執行 `tingwen voices install kokoro`",
            page="這裡沒有安裝內建聲音：請換個聲音",
        ),
    ),
    "model-not-published": Message(
        Wording(
            "the parts of the model do not make the model that was published; run "
            "the same command again",
        ),
        Wording("模型的各部分湊不成發表的那個：請再執行一次"),
    ),
    "voice-not-in-archive": Message(
        Wording("the voice {name} is not in {archive}; run the same command again"),
        Wording("{archive} 裡沒有聲音 {name}：請再執行一次"),
    ),
    "idle-bad": Message(
        Wording("TINGWEN_VOICE_IDLE_S is {value!r}; give seconds, or 0 for never"),
        Wording("TINGWEN_VOICE_IDLE_S 是 {value!r}：請給秒數，0 表示一直留著"),
    ),
    "package-unfetched": Message(
        Wording(
            "{what} could not be fetched ({reason}); check the connection to the "
            "package index, then run the same command again: it goes on where it "
            "stopped",
        ),
        Wording("{what} 抓不到（{reason}）：請檢查和套件庫的連線，再執行一次，會從中斷處繼續"),
    ),
    "package-not-published": Message(
        Wording(
            "what the package index sent as {what} is not what was published; "
            "nothing of it was kept: try again, or ask who runs the index",
        ),
        Wording("套件庫送來的 {what} 不是發表的那個，沒有留下：請再試一次，或問套件庫的管理者"),
    ),
    "package-too-slow": Message(
        Wording(
            "fetching {what} took longer than {limit_s} s; run the same command "
            "again: it goes on where it stopped",
        ),
        Wording("抓 {what} 超過 {limit_s} 秒：請再執行一次，會從中斷處繼續"),
    ),
    "command-missing": Message(
        Wording("{command} cannot be run ({reason}); install it"),
        Wording("{command} 無法執行（{reason}）：請安裝"),
    ),
    "baker-to-fetch": Message(
        Wording(
            "baker: {size_mb:.0f} MB to fetch; weights trained on the Baker "
            "corpus: non-commercial use",
        ),
        Wording("baker：要抓 {size_mb:.0f} MB；模型以 Baker 語料訓練，限非商業用途"),
    ),
    "kokoro-to-fetch": Message(
        Wording(
            "kokoro: {size_mb:.0f} MB to fetch, {kept_mb:.0f} MB on disk; "
            "all of it Apache-2.0: any use, commercial too",
        ),
        Wording(
            "kokoro：要抓 {size_mb:.0f} MB，占磁碟 {kept_mb:.0f} MB；"
            "全都是 Apache-2.0：任何用途，包括商業",
        ),
    ),
}
