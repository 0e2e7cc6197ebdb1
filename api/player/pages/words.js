/** Words of our own pages, in Traditional Chinese and English. */

/** @typedef {import("../words.js").Translation} Translation */

export const WORDS = Object.freeze(
  /** @satisfies {Record<string, Translation>} */ ({
    app: { "zh-TW": "聽聞", en: "tingwen" },
    listen: { "zh-TW": "聽新聞", en: "Listen" },
    finding: { "zh-TW": "正在找出文章……", en: "Finding the article…" },
    writing: { "zh-TW": "正在寫稿……", en: "Writing the script…" },
    unspoken: { "zh-TW": "（不唸）", en: "(not read)" },
    failed: { "zh-TW": "發生錯誤", en: "Something went wrong" },
    unreachable: {
      "zh-TW": "連不上伺服器，請稍後再試。",
      en: "The service cannot be reached; please try again later.",
    },
    missing: { "zh-TW": "找不到這篇文章。", en: "There is no such article." },
    silent: {
      "zh-TW": "伺服器沒有回應，請稍後再試。",
      en: "The service does not answer; please try again later.",
    },
  }),
);
