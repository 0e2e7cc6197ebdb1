/** Words of <ting-wen>, in both languages; `#` stands for a number or a title. */

export const SITE_WORDS = Object.freeze(
  /** @satisfies {Record<string, import("../words.js").Translation>} */ ({
    listen: { "zh-TW": "聽新聞", en: "Listen" },
    minutes: { "zh-TW": "# 分鐘", en: "# min" },
    seconds: { "zh-TW": "# 秒", en: "# s" },
    play: { "zh-TW": "播放", en: "Play" },
    missing: { "zh-TW": "語音尚未製作", en: "Not voiced yet" },
    network: { "zh-TW": "連線中斷，請再試", en: "Connection lost; try again" },
    voiced: { "zh-TW": "AI 合成語音", en: "AI voice" },
    next: { "zh-TW": "下一篇：#", en: "Next: #" },
    nextNameless: { "zh-TW": "下一篇", en: "Next" },
    undock: { "zh-TW": "收起播放器", en: "Put the player away" },
  }),
);

/** @typedef {import("../words.js").Translate<keyof typeof SITE_WORDS>} SiteTranslate */
