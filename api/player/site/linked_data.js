/** What search engines read of a page's narration: https://schema.org/AudioObject. */

/** @typedef {import("./summary.js").Summary} Summary */

/**
 * Put it into the page's head, once an article.
 * @param {Summary} summary
 * @param {string} audioUrl
 */
export function describeToMachines({ id, title, duration, brand }, audioUrl) {
  const name = `tingwen-${id}`;
  if (!duration || document.getElementById(name)) return;
  const element = document.createElement("script");
  element.type = "application/ld+json";
  element.id = name;
  const publisher = brand ? { publisher: { "@type": "Organization", name: brand } } : {};
  element.textContent = JSON.stringify({
    "@context": "https://schema.org",
    "@type": "AudioObject",
    name: title,
    contentUrl: audioUrl,
    encodingFormat: "audio/mpeg",
    duration: `PT${Math.round(duration)}S`,
    inLanguage: "zh-Hant-TW",
    ...publisher,
  });
  document.head.append(element);
}
