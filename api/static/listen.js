// @ts-check
/** `/listen/{id}`: the article, a sentence a link, and the player that reads it. */

const id = location.pathname.split("/").at(-1) ?? "";
const article = /** @type {HTMLElement} */ (document.getElementById("article"));
const problem = /** @type {HTMLElement} */ (document.getElementById("problem"));

/** @typedef {{index: number, paragraph: number, text: string}} Utterance */
/** @typedef {{title: string, byline: string, utterances: Utterance[]}} Article */

async function show() {
  const response = await fetch(new URL(`../v1/articles/${id}`, location.href));
  if (!response.ok) throw new Error(response.status === 404 ? "找不到這篇文章。" : "伺服器沒有回應，請稍後再試。");
  /** @type {Article} */
  const found = await response.json();
  document.title = `${found.title || "聽新聞"}｜聽聞`;
  article.replaceChildren(...blocks(found));
  article.removeAttribute("aria-busy");
  const player = document.createElement("tingwen-player");
  player.setAttribute("for", "#article");
  player.setAttribute("article", id);
  document.querySelector(".dock")?.append(player);
}

/** Headline, byline and paragraphs; what stands in the headline but is not the title is the byline. @param {Article} found */
function blocks({ title, utterances }) {
  /** @type {Map<string, Utterance[]>} */
  const groups = new Map();
  let headline = "";
  for (const utterance of utterances) {
    let name = `p${utterance.paragraph}`;
    if (utterance.paragraph < 0) {
      name = headline.length < title.length ? "h1" : "byline";
      headline += utterance.text;
    }
    groups.set(name, [...(groups.get(name) ?? []), utterance]);
  }
  return Array.from(groups, ([name, sentences]) => {
    const block = document.createElement(name === "h1" ? "h1" : "p");
    if (name === "byline") block.className = "byline";
    block.append(...sentences.map(link));
    return block;
  });
}

/** @param {Utterance} utterance */
function link({ index, text }) {
  const a = document.createElement("a");
  a.href = `#s=${index}`;
  a.dataset.sentence = String(index);
  a.tabIndex = index ? -1 : 0;
  a.textContent = text;
  return a;
}

/** One stop for the tab key in the whole text; the arrows go from sentence to sentence. */
article.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...article.querySelectorAll("a")];
  const next = by && links[links.indexOf(/** @type {any} */ (event.target)) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
article.addEventListener("focusin", ({ target }) => {
  for (const a of article.querySelectorAll('a[tabindex="0"]')) a.setAttribute("tabindex", "-1");
  /** @type {HTMLElement} */ (target).tabIndex = 0;
});

show().catch((/** @type {Error} */ error) => {
  article.remove();
  problem.textContent = error.message;
  problem.hidden = false;
});
