"""English of the pages that explain: `/help` and `/receive`."""

from __future__ import annotations

from typing import Final

HELP_ENGLISH: Final = {
    "使用說明": "How to use it",
    "使用說明｜聽聞": "How to use it | tingwen",
    "怎麼聽一篇新聞：貼上、分享、書籤小工具、離線保存。": (
        "How to hear an article: paste, share, the bookmark, keeping it offline."
    ),
    "貼上就聽": "Paste and listen",
    "文章的文字、整頁全選複製的內容、HTML 或一個網址，貼在首頁都可以；檔案拖進欄位也行。"
    "選單、圖說和廣告會略過，只唸文章。想先看看會怎麼唸，按「先看稿」。": (
        "Paste the article's text, a whole page as you copied it, HTML or an address on the front "
        "page, or drop a file into the field. Menus, captions and advertisements are left out. To "
        "see first how it will be read, press “See the script”."
    ),
    "書籤小工具": "Bookmark",
    "把這個按鈕拖到瀏覽器的書籤列。以後在任何新聞頁按一下，就唸那一頁；"
    "要登入才看得到的文章也可以，因為交過來的是你眼前的那一頁。": (
        "Drag this button to your browser's bookmarks bar. On any page of news, press it, and the "
        "page is read; one behind a login too, for what is handed over is the page before you."
    ),
    "聽這一頁": "Hear this page",
    "書籤小工具要開啟 JavaScript 才能用。": "The bookmark needs JavaScript.",
    "少數網站不讓別的視窗和它說話，這時會請你改用複製、貼上。手機上用下面的「分享」更方便。": (
        "A few sites let no other window talk with them; you are then asked to copy and paste. On "
        "a phone, sharing is easier: see below."
    ),
    "從手機分享": "Share from a phone",
    "在瀏覽器的選單裡選「安裝應用程式」或「加到主畫面」。裝好以後，新聞 App 和瀏覽器的"
    "「分享」裡就有「聽聞」，分享過來就唸。iPhone 的分享選單不接受網頁 App，"
    "請拷貝網址或文字，再按首頁的「貼上」。": (
        "Choose “Install app” or “Add to home screen” in your browser's menu. From then on "
        "“tingwen” is among the apps that you can share to, and what you share is read. On an "
        "iPhone web apps cannot be shared to: copy the address or the text and press “Paste” on "
        "the front page."
    ),
    "聽的時候": "While you listen",
    "點一句就從那一句開始。空白鍵播放或暫停，J 和 L 倒退、快轉；"
    "上次停在哪裡，下次就從那裡繼續。把文章加到「接下來」，會一篇接一篇。": (
        "Press a sentence to hear it from there. The space bar plays and pauses, J and L go back "
        "and forward; it goes on where you left it. What you add to “Up next” follows by itself."
    ),
    "播放頁的「離線保存」會把文章和聲音留在這台裝置，沒有網路也能聽。"
    "保存了什麼、占多少空間，首頁看得到，也在那裡移除。": (
        "“Keep offline” on an article's page keeps its text and sound on this device, to be heard "
        "without a network. The front page shows what is kept and its size, and removes it."
    ),
    "隱私": "Privacy",
    "你貼的文章會送到這個網站合成語音；選線上聲音時，句子會再送到那個語音服務。"
    "知道網址的人才聽得到，除非你要求公開，不會出現在任何清單。聽過什麼、排了什麼、"
    "金鑰和離線保存的文章，只記在這台裝置。這裡沒有廣告，也沒有追蹤。": (
        "What you paste is sent to this site to be read aloud; with an online voice, its sentences "
        "go on to that service. Only who knows its address can hear it, and unless you ask for it, "
        "it stands in no list. What you have heard and queued, your key and what you keep offline "
        "stay on this device. There is no advertising here, and no tracking."
    ),
    "首頁": "Front page",
    "其他頁面": "Other pages",
    "正在接過文章……": "Taking over the page…",
    "▶ 開始聽": "▶ Listen",
    "回到那一頁，全選（Ctrl+A）、複製（Ctrl+C）；手機上長按文字、全選、拷貝。": (
        "Go back to that page, select all (Ctrl+A) and copy (Ctrl+C); on a phone, press long on "
        "the text, select all, copy."
    ),
    "在首頁貼上，再按「開始聽」。": "Paste it on the front page and press “Listen”.",
    "到首頁貼上": "To the front page",
    "用網址試試": "Try its address",
}
