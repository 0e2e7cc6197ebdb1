/** Words of the player, in Traditional Chinese and English; `#` stands for a number. */

/** @typedef {"zh-TW" | "en"} Language */
/** @typedef {Readonly<Record<Language, string>>} Translation */

export const WORDS = Object.freeze(
  /** @satisfies {Record<string, Translation>} */ ({
    region: { "zh-TW": "聽新聞", en: "Listen to this article" },
    play: { "zh-TW": "播放", en: "Play" },
    pause: { "zh-TW": "暫停", en: "Pause" },
    position: { "zh-TW": "播放位置", en: "Position" },
    back: { "zh-TW": "倒退 10 秒", en: "Back 10 seconds" },
    forward: { "zh-TW": "快轉 10 秒", en: "Forward 10 seconds" },
    previous: { "zh-TW": "上一句", en: "Previous sentence" },
    next: { "zh-TW": "下一句", en: "Next sentence" },
    speed: { "zh-TW": "播放速度", en: "Speed" },
    sleep: { "zh-TW": "睡眠定時", en: "Sleep timer" },
    off: { "zh-TW": "關閉", en: "Off" },
    minutes: { "zh-TW": "# 分鐘後停止", en: "Stop in # minutes" },
    sleepEnd: { "zh-TW": "這篇結束時停止", en: "Stop at the end of this article" },
    asleepEnd: { "zh-TW": "唸完這篇就停", en: "Stops at the end of this article" },
    asleep: { "zh-TW": "# 分鐘後，唸完那一句就停", en: "Stops in # minutes" },
    download: { "zh-TW": "下載 MP3", en: "Download MP3" },
    more: { "zh-TW": "更多", en: "More" },
    share: { "zh-TW": "分享這一句", en: "Share from here" },
    shared: { "zh-TW": "已複製連結", en: "Link copied" },
    cast: { "zh-TW": "在其他裝置播放", en: "Play on another device" },
    left: { "zh-TW": "剩 #", en: "# left" },
    follow: { "zh-TW": "回到朗讀處", en: "Back to the sentence" },
    retry: { "zh-TW": "重試", en: "Try again" },
    making: { "zh-TW": "語音合成中，已可播放", en: "Being voiced; you can listen" },
    preparing: { "zh-TW": "正在準備聲音……", en: "The voice is getting ready…" },
    slow: {
      "zh-TW": "聲音還沒有回應，再等一下；等不到就換內建聲音……",
      en: "The voice does not answer yet; if it stays silent, another one reads…",
    },
    restarted: {
      "zh-TW": "原來的聲音中斷了，換另一個聲音唸……",
      en: "The first voice broke off; another one reads on…",
    },
    about: { "zh-TW": "約 # 分鐘", en: "about # min" },
    aboutSeconds: { "zh-TW": "約 # 秒", en: "about # s" },
    made: { "zh-TW": "已合成 # 句", en: "# sentences voiced" },
    waiting: {
      "zh-TW": "這一句還在合成，好了就播……",
      en: "This sentence is being voiced…",
    },
    missing: { "zh-TW": "找不到這篇文章的語音", en: "There is no audio" },
    voice: { "zh-TW": "語音合成失敗", en: "The voice failed" },
    network: { "zh-TW": "連線中斷", en: "Connection lost" },
    sound: { "zh-TW": "音檔無法播放", en: "The audio cannot play" },
    of: { "zh-TW": "，共 ", en: " of " },
  }),
);

/** @typedef {keyof typeof WORDS} WordName */

/**
 * Why nothing can be heard; each is a word of the table.
 * @typedef {"missing" | "voice" | "network" | "sound"} Failure
 */

/**
 * Translator: a word of a table in one language.
 * @template {string} Name
 * @typedef {(name: Name, count?: number | string) => string} Translate
 */

/**
 * Make the translator of a table.
 * @template {string} Name
 * @param {Readonly<Record<Name, Translation>>} table
 * @param {Language} language
 * @returns {Translate<Name>}
 */
export function translator(table, language) {
  return (name, count) => table[name][language].replace("#", String(count));
}

/**
 * Choose the language of an element: that of the nearest `lang` around it, Chinese unless it is
 * English.
 * @param {Element} element
 * @returns {Language}
 */
export function languageOf(element) {
  const lang = element.closest("[lang]")?.getAttribute("lang") ?? "";
  return lang.startsWith("en") ? "en" : "zh-TW";
}
