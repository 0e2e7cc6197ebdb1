/** The service as our own pages ask it, with the key of this device where one is needed. */
import { languageOf, translator } from "../words.js";
import { WORDS } from "./words.js";

const KEY = "tingwen-key";
const HTTP_UNAUTHORIZED = 401;
const HTTP_FORBIDDEN = 403;

export const language = languageOf(document.documentElement);
export const say = translator(WORDS, language);

/** The folder of the service's addresses: this script stands in it. */
export const SERVICE = new URL(".", import.meta.url);

/** An answer that says no, in words for people. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {boolean} wantsKey  whether a key, or another one, would help
   */
  constructor(message, wantsKey = false) {
    super(message);
    this.wantsKey = wantsKey;
  }
}

/**
 * Send a request; raises Refusal.
 * @param {string} path
 * @param {object} [body]  sent by POST, or by PUT in the place of a version
 * @param {string} [version]  its ETag
 * @returns {Promise<Response>}
 */
export async function ask(path, body, version) {
  let response;
  try {
    response = await fetch(new URL(path, SERVICE), {
      method: version ? "PUT" : body ? "POST" : "GET",
      headers: { ...headers(), ...(version && { "If-Match": version }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refusal(say("unreachable"));
  }
  if (response.ok) return response;
  const wantsKey = [HTTP_UNAUTHORIZED, HTTP_FORBIDDEN].includes(response.status);
  const answer = await response.json().catch(() => ({}));
  throw new Refusal(answer.message ?? answer.title ?? say("failed"), wantsKey);
}

function headers() {
  const key = savedKey();
  return {
    "Content-Type": "application/json",
    "Accept-Language": language,
    ...(key && { Authorization: `Bearer ${key}` }),
  };
}

export function savedKey() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} key  "" forgets it */
export function saveKey(key) {
  try {
    if (key) localStorage.setItem(KEY, key);
    else localStorage.removeItem(KEY);
  } catch {} // no storage: it is asked for again
}
