"""The Chinese of what the command line says besides errors, by its English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reader.messages.chinese_cache import CACHE
from reader.messages.explanations import EXPLANATIONS

_HELP: Final = {
    "usage: ": "用法: ",
    "options": "選項",
    "positional arguments": "參數",
    "show this help message and exit": "顯示這份說明",
    "tingwen: listen to any Traditional-Chinese news page": "聽聞：把任何一頁新聞唸給你聽",
    "speak an article into one file": "把一篇文章唸成一個音訊檔",
    "show what would be spoken": "看看會怎麼唸",
    "make a folder that a host accepts": "做成可以上架的 Podcast 資料夾",
    (
        "What the flags say of the show is kept in DIR/show.toml. "
        "`tingwen podcast init`, `add`, `remove`, `list` and `check` look after it."
    ): (
        "節目的設定會留在 DIR/show.toml。"
        "`tingwen podcast init`、`add`、`remove`、`list`、`check` 用來打理它。"
    ),
    "describe a show in its folder": "寫好資料夾裡的節目資料",
    "add sources to a show": "加入節目的來源",
    "withdraw episodes, or drop sources": "下架幾集，或拿掉來源",
    "list the episodes": "列出每一集",
    "look whether directories will take it": "檢查各平台收不收",
    "read at every run": "每次執行都會讀",
    "its GUID, address, title or file; or a source of the show": (
        "那一集的 GUID、網址、標題或檔名；或節目的一個來源"
    ),
    "the show's folder": "節目的資料夾",
    "other hosts must not import the feed": "不讓其他平台匯入這個 feed",
    "where the feed has moved to": "feed 搬到哪裡",
    "proof of ownership in the feed": "feed 裡證明是你的文字",
    "length of the digest": "摘要的長度（分鐘）",
    "heard between the digest's sections": "摘要各段之間的音效",
    "do not say so": "不要說",
    "of new episodes: 24 or 44.1 kHz": "新的一集用 24 或 44.1 kHz",
    "of new episodes": "新的一集屬於第幾季",
    "number the episodes": "替每一集編號",
    "{name} changes from {old} to {new}": "{name} 從 {old} 改成 {new}",
    "nothing is missing": "什麼都不缺",
    "no --email: directories write to it to see that the feed is yours": (
        "沒有 --email：各平台會寄信確認 feed 是你的"
    ),
    "no --disclosure: Apple asks who lets a machine speak to say so": (
        "沒有 --disclosure：Apple 要求說明聲音由機器合成"
    ),
    "--base-url is not https: apps refuse plain http": "--base-url 不是 https：App 不收 http",
    "--format mp3 is 24 kHz: some directories ask for mp3-44100": (
        "--format mp3 是 24 kHz：有些平台要 mp3-44100"
    ),
    "no episode: directories refuse an empty feed": "沒有任何一集：各平台不收空的 feed",
    "{title}: files are missing; run `podcast` again": "{title}：少了檔案，請再執行一次 `podcast`",
    "{source} is not there": "找不到 {source}",
    "list the voices, or install one": "列出聲音，或安裝聲音",
    "run the HTTP service and player": "啟動 HTTP 服務和播放器",
    "speak what the service is asked for": "替服務合成語音",
    "look after the cache": "管理快取",
    "narrate an example and open its player page": "唸一篇範例，並打開播放頁",
    "look whether everything is there, and what to do": "檢查少了什麼、該怎麼辦",
    "Exit status: 0 everything that is needed is there, 1 something is to be done.": (
        "結束狀態：0 需要的都有、1 有要處理的事。"
    ),
    "make keys for those who use the service": "製作使用服務的金鑰",
    "-100Hz to +100Hz, if it can": "音高，-100Hz 到 +100Hz，聲音可調時有效",
    "-50%% to +50%%, if it can": "音量，-50%% 到 +50%%，聲音可調時有效",
    "speed, -50%% to +100%%": "語速，-50%% 到 +100%%",
    "1400 to 3000 px; drawn if not given": "封面，1400 到 3000 像素；不給就自動畫一張",
    "LUFS that the whole is brought to (default -16); off: as loud as the voice is": (
        "整體響度，單位 LUFS（預設 -16）；off：聲音原本的響度"
    ),
    "a .html, .txt or .md file, a URL, or -": ".html、.txt、.md 檔案、網址，或 -（標準輸入）",
    "a JPEG or PNG for the tag": "放進標籤的封面，JPEG 或 PNG",
    "a page, text, URL, folder, RSS or Atom feed, or @LIST of them": (
        "網頁、文字檔、網址、資料夾、RSS 或 Atom feed，或寫著這些的 @清單"
    ),
    "a time for each word of WebVTT": "WebVTT 字幕逐詞標時間",
    "also show this podcast, at /podcast/": "同時在 /podcast/ 展示這個 Podcast",
    "an HTML page with 注音, to check": "輸出加注音的 HTML 網頁，供檢查",
    "articles at a time": "同時處理幾篇",
    "ask no service for its list": "不向線上服務查清單",
    "default: TINGWEN_LEXICON": "詞典；預設：TINGWEN_LEXICON",
    "default: TINGWEN_VOICE, or auto": "聲音；預設：TINGWEN_VOICE，或 auto",
    "default: speak and read": "權限；預設：speak 和 read",
    "episodes a page": "每頁幾集",
    "everything": "全部",
    "let another voice read what it cannot": "聲音失敗就換別的聲音",
    "fail rather than let another voice read": "聲音失敗就停，不換別的聲音",
    "fetch the weights of an embedded voice": "下載內建聲音的模型",
    "first paragraphs only": "只唸第一段",
    "make pages of sites ahead": "先做好網站的網頁",
    "make the pages of a sitemap or feed ahead": "把 sitemap 或 feed 裡的網頁先做好",
    "a sitemap or a feed, by its address or as a file, or a page of a site": (
        "sitemap 或 feed 的網址或檔案，或網站的一個網頁"
    ),
    "the newest N of each": "每個只做最新的 N 篇",
    "{n_made} made, {n_known} unchanged, {n_failed} failed, {n_other} of other sites": (
        "新做 {n_made} 篇，沒變 {n_known} 篇，失敗 {n_failed} 篇，其他網站 {n_other} 篇"
    ),
    "for programs": "輸出給程式讀的 JSON",
    "heard at the beginning": "片頭的音訊",
    "heard at the end": "片尾的音訊",
    "heard after the intro": "片頭後面的贊助音訊",
    "instead of the article's own title": "取代文章自己的標題",
    "keep this feed's episodes too": "保留這個 feed 的舊節目",
    "let another voice read single sentences that failed": "失敗的句子讓別的聲音唸",
    "let other hosts import the feed": "允許其他平台匯入",
    "list the newest N only": "只列最新的 N 集",
    "list the sentences that Whisper hears otherwise": "列出 Whisper 聽起來不一樣的句子",
    "log every request": "記錄每個請求",
    "of Apple's list": "Apple 的分類",
    "of one sentence by baker; default: the processors shared by the sentences": (
        "baker 一句用幾個執行緒；預設：由各句平分處理器"
    ),
    "of the digest": "摘要的日期",
    "of the owner, for the directories": "擁有者的電子郵件，供平台聯絡",
    "of each block of the page, why it is read or not": "頁面每一塊為什麼唸或不唸",
    "only say what would go": "只說會清掉什麼，不動手",
    "or .srt or .json": "字幕檔，也可以是 .srt 或 .json",
    "or .wav, .flac, .opus, .m4a, .aac; default: an MP3 named by the title": (
        "輸出檔，也可以是 .wav、.flac、.opus、.m4a、.aac；預設：以標題命名的 MP3"
    ),
    "print the release and end": "顯示版本後結束",
    "and play it, with a player of this machine": "寫完就用這台電腦的播放器播放",
    "for programs: what was written": "輸出 JSON 給程式讀：寫了什麼",
    "for programs: what was made": "輸出 JSON 給程式讀：做了什麼",
    "and open its page in the browser": "並在瀏覽器打開頁面",
    "also fetch from this network: an intranet, a server of this machine": (
        "也抓內部網路的網頁：公司內網、這台電腦的伺服器"
    ),
    "also ask whether the Edge service answers": "並問 Edge 服務有沒有回應",
    "default: one that is free": "連接埠；預設：找一個空的",
    "only print the page's address": "只印出網址，不開瀏覽器",
    "print a new key, and its entry for TINGWEN_API_KEYS": (
        "印出新金鑰，和要放進 TINGWEN_API_KEYS 的項目"
    ),
    "read everything, set aside what is damaged": "全部讀一遍，移開壞掉的",
    "remove what is not in use": "清掉沒在用的",
    "say at the end that the sound is made by a machine": "結尾說明「本音檔由語音合成」",
    "sentences at a time, each in a process of its own; default: one a processor": (
        "同時唸幾句，各用一個程序；預設：一個處理器一句"
    ),
    "sentences with times in the tag": "把有時間的句子寫進標籤",
    "show what is set, secrets hidden, and end": "顯示目前設定（隱藏密碼）後結束",
    "text: the input is the article itself; article: find it in a page": (
        "text：輸入就是文章；article：從網頁裡找"
    ),
    "the episodes": "節目內容",
    "the feed": "feed",
    "the folder to make or renew": "要建立或更新的資料夾",
    "the least recently used, until this is left; default: TINGWEN_CACHE_MAX_BYTES": (
        "從最久沒用的清起，清到剩這麼大；預設：TINGWEN_CACHE_MAX_BYTES"
    ),
    "the newest N entries of each feed": "每個 feed 取最新的 N 則",
    "the show": "節目資料",
    "the show's site": "節目的網站",
    "to draw the cover with": "畫封面用的字型",
    "what is heard around it": "前後要放的聲音",
    "what is written": "要寫出的檔案",
    "what was not used for so long": "多久沒用就清掉",
    "whatever the name ends in; mp3-44100 is 44.1 kHz, 128 kbit/s, for hosts that insist": (
        "格式，不管副檔名；mp3-44100 是 44.1 kHz、128 kbit/s，給有要求的平台"
    ),
    "where DIR will be found": "DIR 上傳後的網址",
    "where it is and what it holds": "在哪裡、裡面有什麼",
    "where listeners can donate": "聽眾贊助的網址",
    "whose it is, for the logs: letters, digits, . _ -": "誰的金鑰，寫進日誌用：英數字和 . _ -",
    "with --all: what a release of another layout keeps": "配合 --all：清掉其他版本留下的",
    "all articles as one episode, a digest of the day": "今日新聞摘要：所有文章做成一集",
    "`tingwen PAGE` reads a page. Exit status: 0 done, 1 `doctor` found something to do, "
    "2 wrong usage, 3 no article in the input, 4 the voice failed, 5 the cache or the disk failed, "
    "6 the network or an address failed, 7 the port is taken, 70 a mistake of tingwen's own, "
    "130 interrupted. TINGWEN_LANG=zh-TW or en chooses the language.": (
        "`tingwen 網頁` 直接唸那一頁。結束狀態：0 完成、1 `doctor` 發現要處理的事、2 用法不對、"
        "3 找不到文章、4 聲音失敗、5 快取或磁碟失敗、6 網路或網址失敗、7 連接埠被占用、"
        "70 tingwen 自己的錯、130 中斷。語言由 TINGWEN_LANG=zh-TW 或 en 決定。"
    ),
}

_USAGE: Final = {
    "{message}; see `{program} --help`": "{message}；說明請看 `{program} --help`",
    "the following arguments are required: {0}": "缺少 {0}",
    "unrecognized arguments: {0}": "不認得 {0}",
    "argument {0}: {1}": "{0}：{1}",
    "invalid choice: {0!r} (choose from {1})": "{0!r} 不能選，請從這些選：{1}",
    "{0!r} is not known; did you mean {1}?": "不認得 {0!r}，是 {1} 嗎？",
    "{0!r} is neither a command nor a page": "{0!r} 不是命令，也不是網頁或檔案",
    "{0!r} is no command; did you mean {1}?": "沒有 {0!r} 這個命令，是 {1} 嗎？",
    "invalid int value: {0}": "{0} 不是整數",
    "expected one argument": "要給一個值",
    "expected at least one argument": "至少要給一個值",
    "ignored explicit argument {0}": "不能帶值 {0}",
    "not allowed with argument {0}": "不能和 {0} 一起用",
    "ambiguous option: {0} could match {1}": "{0} 不夠明確，可能是 {1}",
    "{text!r} is not a number of 1 or more": "{text!r} 不是 1 以上的整數",
    "{text!r} is none of -16, -19 and off": "{text!r} 不是 -16、-19 或 off",
    "{text!r} is not a number such as +10{unit}, {low}{unit} to +{high}{unit}": (
        "{text!r} 要像 +10{unit}，在 {low}{unit} 到 +{high}{unit} 之間"
    ),
    "{text!r} is no size such as 20GB, 500MiB or 1000000": (
        "{text!r} 不是大小，要像 20GB、500MiB 或 1000000"
    ),
    "{text!r} is no age such as 30d, 12h or 90m": "{text!r} 不是時間，要像 30d、12h 或 90m",
}

_SUMMARIES: Final = {
    "interrupted": "已中斷",
    "this page may not be read whole": "這頁可能沒讀完整",
    "this page may not be read whole; {n} characters were left out: {told}": (
        "這頁可能沒讀完整，沒讀的有 {n} 字：{told}"
    ),
    ", or pass --allow-private if it is yours": "，自己的就加 --allow-private",
    "no browser could be opened: go to {url}": "打不開瀏覽器：請自己打開 {url}",
    "{title}: {seconds} s by {voice}; Ctrl-C ends it": (
        "{title}：{voice} 唸了 {seconds} 秒；按 Ctrl-C 結束"
    ),
    "nothing on this machine could play {path}: open it in a player, "
    "or install mpv or ffmpeg (ffplay)": (
        "這台電腦沒有能播放 {path} 的程式：請用播放器打開，或安裝 mpv 或 ffmpeg（ffplay）"
    ),
    "passed over, no reading: {characters}": "沒有讀音而略過的字：{characters}（可在詞典裡給讀音）",
    "read by {voice}, because {why}": "改由 {voice} 唸，因為：{why}",
    "sentence {number} 「{text}」 was heard as 「{heard}」": (
        "第 {number} 句「{text}」聽起來像「{heard}」"
    ),
    "{n_matching} of {n} sentences match": "{n} 句有 {n_matching} 句相符",
    "{text} (status {status})": "{text}（狀態 {status}）",
    "{location}: {text}": "{location}：{text}",
    "{n_made} made, {n_known} unchanged, {n_failed} failed; the feed lists {n_listed}": (
        "做好 {n_made} 集，{n_known} 集沒變，{n_failed} 集失敗；feed 列出 {n_listed} 集"
    ),
    "the list shipped with tingwen is shown, because {why}": "以下是內附的清單，因為：{why}",
    "key:   {secret}": "金鑰：{secret}",
    "entry: {entry}": "項目：{entry}",
    "Give the key to its user; add the entry to TINGWEN_API_KEYS, others stay valid.": (
        "請把金鑰交給使用者，把項目加進 TINGWEN_API_KEYS；其他金鑰照樣有效。"
    ),
}

_TABLES: Final = {
    "written": "原文",
    "spoken": "唸出來的",
    "pause": "停頓",
    "(not read)": "（不唸）",
    "head": "題",
    "voice": "聲音",
    "name": "名字",
    "needs": "需要",
    "network": "網路",
    "nothing": "不需要",
    "its settings": "要先設定",
    "Licences:": "授權：",
    "weights trained on the Baker corpus: non-commercial use": "模型以 Baker 語料訓練：非商業用途",
    "unofficial free service of Microsoft: personal use": "微軟的非正式免費服務：限個人使用",
    "Apache-2.0: any use, commercial too": "Apache-2.0：任何用途，包括商業",
    "that of the server's voice": "依伺服器的聲音而定",
    "〔 〕 is said otherwise, or not at all": "〔 〕裡的唸法不同，或不唸",
}

_DOCTOR: Final = {
    "ok  ": "正常",
    "note": "注意",
    "BAD ": "不行",
    "program": "程式",
    "voices": "聲音",
    "cache": "快取",
    "temp": "暫存檔",
    "fonts": "字型",
    "ffmpeg": "ffmpeg",
    "extras": "加裝",
    "locale": "語系",
    "proxy": "代理",
    "without a network: {embedded}; with one: {online}": "不用網路：{embedded}；要網路：{online}",
    "run `tingwen voices install {name}`": "請執行 `tingwen voices install {name}`",
    "{location}, writable": "{location}，可以寫入",
    "{found}, {size} free": "{found}，剩 {size}",
    "make room on the disk, or set TINGWEN_CACHE to a folder on another": (
        "請清出磁碟空間，或把 TINGWEN_CACHE 設到別的磁碟"
    ),
    "make room, or set TMPDIR elsewhere": "請清出空間，或把 TMPDIR 設到別處",
    "covers are drawn with {font}": "封面用 {font} 畫",
    "no Chinese font, so covers are drawn without a title": "沒有中文字型，封面不會有標題",
    "install Noto Sans CJK TC, or give `podcast` a --cover or a --cover-font": (
        "請安裝 Noto Sans CJK TC，或給 `podcast` --cover 或 --cover-font"
    ),
    "not needed": "不需要",
    "not needed (there is one: {path})": "不需要（有一個：{path}）",
    "all are installed": "全都裝了",
    "not installed: {uses}": "沒有安裝：{uses}",
    "only if you want it: pip install 'tingwen[{names}]'": (
        "想用才裝：pip install 'tingwen[{names}]'"
    ),
    "{language}, output in {encoding}": "{language}，輸出用 {encoding}",
    "Chinese is printed as escapes: set PYTHONUTF8=1, or LANG to a UTF-8 locale": (
        "中文會印成跳脫碼：請設 PYTHONUTF8=1，或把 LANG 設成 UTF-8"
    ),
    "none is set": "沒有設定",
    "pages are fetched through {proxy}": "網頁經由 {proxy} 抓取",
    "the Edge service answers": "Edge 服務有回應",
    "check the network and HTTPS_PROXY; embedded voices need none": (
        "請檢查網路和 HTTPS_PROXY；內建聲音不需要網路"
    ),
}

CHINESE: Final[Mapping[str, str]] = {
    **EXPLANATIONS,
    **_HELP,
    **_USAGE,
    **_SUMMARIES,
    **_TABLES,
    **_DOCTOR,
    **CACHE,
}
