"""Audio: frames, loudness, formats and what is written."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "format-unknown": Message(
        Wording(
            "{path} ends in no format that is known; name it .mp3, .wav, .flac, "
            ".opus, .m4a or .aac, or give --format",
        ),
        Wording(
            "{path} 的副檔名不認得：請用 .mp3、.wav、.flac、.opus、.m4a 或 .aac，或加 --format",
        ),
    ),
    "formats-extra-missing": Message(
        Wording("{format} needs PyAV; run `pip install 'tingwen[formats]'` or ask for opus"),
        Wording("{format} 需要 PyAV：請執行 `pip install 'tingwen[formats]'`，或改用 opus"),
    ),
    "captions-format-unknown": Message(
        Wording("{path} ends in no form of captions; name it .vtt, .srt or .json"),
        Wording("{path} 不是字幕的副檔名：請用 .vtt、.srt 或 .json"),
    ),
    "file-unreadable": Message(
        Wording("{path} cannot be read ({reason}); check its name"),
        Wording("{path} 讀不了（{reason}）：請檢查檔名"),
    ),
    "cover-not-image": Message(
        Wording("{path} is neither a JPEG nor a PNG; give one of these as the cover"),
        Wording("{path} 不是 JPEG 也不是 PNG：封面請給其中一種"),
    ),
    "output-unwritable": Message(
        Wording("cannot write {path} ({reason}); choose another place"),
        Wording("{path} 寫不進去（{reason}）：請換個地方"),
    ),
    "loudness-out-of-range": Message(
        Wording("a loudness of {lufs} LUFS; it must lie between -40 and -8"),
        Wording("響度 {lufs} LUFS 不行：要在 -40 到 -8 之間"),
    ),
    "peak-out-of-range": Message(
        Wording("a true peak of {peak_dbtp} dBTP; ask for -20 to 0"),
        Wording("真實峰值 {peak_dbtp} dBTP 不行：要在 -20 到 0 之間"),
    ),
    "frame-not-whole": Message(
        Wording("frame {number} is not whole: {why}; the audio must be made again"),
        Wording("第 {number} 個音框不完整（{why}）：這段音訊要重做"),
    ),
    "frames-cut": Message(
        Wording(
            "{n_bytes} bytes are not whole frames of {frame_bytes}; the audio must be made again",
        ),
        Wording("{n_bytes} 位元組不是 {frame_bytes} 位元組的整數倍：這段音訊要重做"),
    ),
    "no-frames": Message(
        Wording("the audio holds no MPEG frames; it must be made again"),
        Wording("音訊裡沒有 MPEG 音框：這段音訊要重做"),
    ),
    "frame-not-canonical": Message(
        Wording(
            "frame at byte {offset} is MPEG-{version}, {rate_hz} Hz, {bitrate_kbps}"
            " kbit/s, {n_channels} channel(s); expected MPEG-2, 24000 Hz, 48 "
            "kbit/s, mono: transcode it first",
        ),
        Wording(
            "第 {offset} 位元組的音框是 MPEG-{version}、{rate_hz} Hz、"
            "{bitrate_kbps} kbit/s、{n_channels} 聲道，要的是 MPEG-2、24000 Hz、48 "
            "kbit/s、單聲道：請先轉檔",
        ),
    ),
    "audio-undecodable": Message(
        Wording("the audio cannot be decoded ({reason}); it must be made again"),
        Wording("音訊解不開（{reason}）：這段音訊要重做"),
    ),
    "mp3-bad": Message(
        Wording("bad MP3 at byte {offset}: {what}; the audio must be made again"),
        Wording("MP3 在第 {offset} 位元組壞了（{what}）：這段音訊要重做"),
    ),
    "gain-impossible": Message(
        Wording(
            "the gain cannot be changed by {n_steps} steps: it would run from {low}"
            " to {high}, and the format ends at 0 and {highest}; change it by less",
        ),
        Wording(
            "音量不能改 {n_steps} 階：會變成 {low} 到 {high}，格式只到 0 和 {highest}；請改少一點",
        ),
    ),
    "output-in-file": Message(
        Wording("cannot write {path} ({folder} is a file); choose another place"),
        Wording("{path} 寫不進去，{folder} 是檔案：請換個地方"),
    ),
    "folder-missing": Message(
        Wording("the folder {folder} does not exist; make it, or choose another place"),
        Wording("沒有資料夾 {folder}：請先建立，或換個地方"),
    ),
    "output-is-folder": Message(
        Wording("{path} is a folder; give the name of a file in it"),
        Wording("{path} 是資料夾：請給裡面的檔名"),
    ),
}
