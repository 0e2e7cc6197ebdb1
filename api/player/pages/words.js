/** Words of our own pages, in Traditional Chinese and English; `#` stands for what varies. */

/** @typedef {import("../words.js").Translation} Translation */

export const WORDS = Object.freeze(
  /** @satisfies {Record<string, Translation>} */ ({
    listen: { "zh-TW": "聽新聞", en: "Listen" },
    finding: { "zh-TW": "正在找出文章……", en: "Finding the article…" },
    writing: { "zh-TW": "正在寫稿……", en: "Writing the script…" },
    unspoken: { "zh-TW": "（不唸）", en: "(not read)" },
    empty: { "zh-TW": "先貼上一篇文章，或按「試聽範例」。", en: "Paste an article first." },
    noClipboard: {
      "zh-TW": "瀏覽器不讓網頁讀剪貼簿；請在欄位裡貼上。",
      en: "The browser keeps the clipboard; paste into the field.",
    },
    failed: { "zh-TW": "發生錯誤", en: "Something went wrong" },
    unreachable: {
      "zh-TW": "連不上伺服器，請稍後再試。",
      en: "The service cannot be reached; please try again later.",
    },
    taiwan: { "zh-TW": "台灣的聲音", en: "Voices of Taiwan" },
    accents: { "zh-TW": "其他口音", en: "Other accents" },
    male: { "zh-TW": "男", en: "male" },
    female: { "zh-TW": "女", en: "female" },
    embedded: { "zh-TW": "內建聲音", en: "Embedded voice" },
    online: { "zh-TW": "線上", en: "online" },
    offline: { "zh-TW": "離線", en: "offline" },
    inTaiwan: { "zh-TW": "台灣", en: "Taiwan" },
    inHongKong: { "zh-TW": "粵語", en: "Cantonese" },
    inChina: { "zh-TW": "大陸", en: "Mainland" },
    inNortheast: { "zh-TW": "大陸東北", en: "Northeast" },
    inShaanxi: { "zh-TW": "大陸陝西", en: "Shaanxi" },
    synthetic: { "zh-TW": "AI 合成語音", en: "AI voice" },
    onlineVoice: { "zh-TW": "線上聲音", en: "The online voice" },
    replaced: {
      "zh-TW": "#目前連不上，改由另一個聲音朗讀。",
      en: "# cannot be reached now; another voice reads.",
    },
    tryAgain: { "zh-TW": "再試一次", en: "Try again" },
    resumed: { "zh-TW": "從 # 繼續", en: "Goes on at #" },
    fromStart: { "zh-TW": "從頭聽", en: "From the start" },
    start: { "zh-TW": "開始聽", en: "Listen" },
    skipped: {
      "zh-TW": "「#」唸不出來，先聽下一篇。",
      en: "“#” cannot be read; the next one follows.",
    },
    heardAll: { "zh-TW": "聽完了", en: "That was all" },
    again: { "zh-TW": "再聽一次", en: "Listen again" },
    another: { "zh-TW": "貼上另一篇", en: "Paste another article" },
    addToQueue: { "zh-TW": "加到接下來", en: "Play later" },
    remove: { "zh-TW": "移除", en: "Remove" },
    moveUp: { "zh-TW": "往前移", en: "Move up" },
    moveDown: { "zh-TW": "往後移", en: "Move down" },
    left: { "zh-TW": "還有 # 分鐘", en: "# min left" },
    leftClock: { "zh-TW": "還有 #", en: "# left" },
    dragIt: {
      "zh-TW": "請把它拖到書籤列；在新聞網頁上按，才有東西可聽。",
      en: "Drag it to the bookmarks bar, and press it on a page of news.",
    },
    handedBy: { "zh-TW": "# 交來一頁文章。", en: "# hands over a page." },
    cutOff: {
      "zh-TW": "這個網站不讓我們接過它的網頁，請改用複製、貼上：",
      en: "That site does not let its page be taken over. Please copy and paste it:",
    },
    keep: { "zh-TW": "離線保存（# MB）", en: "Keep offline (# MB)" },
    keeping: { "zh-TW": "保存中……", en: "Keeping…" },
    kept: { "zh-TW": "已離線保存（# MB）", en: "Kept offline (# MB)" },
    notKept: {
      "zh-TW": "保存不了：網路斷了，或這台裝置空間不夠。",
      en: "It could not be kept: no network, or no room on this device.",
    },
    heard: { "zh-TW": "聽完了", en: "Heard" },
  }),
);
