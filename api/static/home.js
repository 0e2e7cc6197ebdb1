// @ts-check
/** `/`: paste an article, see what would be said, have it read. */

/** @param {string} id @returns {any} */
const element = (id) => document.getElementById(id);
const [source, voice, status, script] = ["source", "voice", "status", "script"].map(element);
const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));

/** What was pasted: an address, a page's HTML, or text. */
function request() {
  const pasted = source.value.trim();
  const isUrl = /^https?:\/\/\S+$/.test(pasted);
  const isHtml = /^<(!doctype|html|head|body|article|div|main|p|section)\b/i.test(pasted);
  const kind = isUrl ? "url" : isHtml ? "html" : "text";
  return { [kind]: pasted, ...(voice.value && { voice: voice.value }) };
}

/** @param {string} path */
async function post(path) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": "zh-TW" },
    body: JSON.stringify(request()),
  }).catch(() => {
    throw new Error("連不上伺服器，請稍後再試。");
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error([answer.title ?? "發生錯誤", answer.detail].filter(Boolean).join("："));
  return answer;
}

/** @param {string} doing @param {() => Promise<void>} act */
async function during(doing, act) {
  if (!form.reportValidity()) return;
  status.textContent = doing;
  form.toggleAttribute("aria-busy", true);
  const buttons = form.querySelectorAll("button");
  buttons.forEach((button) => (button.disabled = true));
  try {
    await act();
    status.textContent = "";
  } catch (error) {
    status.textContent = /** @type {Error} */ (error).message;
  } finally {
    form.removeAttribute("aria-busy");
    buttons.forEach((button) => (button.disabled = false));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  during("正在找出文章……", async () => {
    const article = await post("v1/articles");
    location.href = `listen/${article.id}`;
  });
});

element("preview").addEventListener("click", () =>
  during("正在寫稿……", async () => {
    const { utterances } = await post("v1/scripts");
    script.querySelector("ol").replaceChildren(...utterances.map(line));
    script.hidden = false;
    script.scrollIntoView({ block: "start" });
  }),
);

/** @param {{text: string, spoken: string}} utterance */
function line({ text, spoken }) {
  const item = document.createElement("li");
  for (const words of [text, spoken || "（不唸）"]) {
    const p = document.createElement("p");
    p.textContent = words;
    item.append(p);
  }
  return item;
}

async function offerVoices() {
  const response = await fetch("v1/voices");
  /** @type {{name: string, description: string, installed: boolean}[]} */
  const voices = response.ok ? await response.json() : [];
  for (const { name, description } of voices.filter((v) => v.installed)) {
    voice.append(new Option(description ? `${name}（${description}）` : name, name));
  }
}

offerVoices().catch(() => undefined); // the automatic voice is there without the list
