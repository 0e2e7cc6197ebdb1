/** Ranges of a kept file (RFC 9110 14): a service worker must cut them out itself. */

/**
 * The answer to a request for a whole file or one range of it; several at once are answered
 * with the whole.
 * @param {Request} request
 * @param {Response} kept
 * @returns {Promise<Response>}
 */
export async function answerRange(request, kept) {
  const wanted = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!wanted || wanted[0] === "bytes=-") return kept;
  const file = await kept.blob();
  const headers = new Headers(kept.headers);
  const [, first, last] = wanted;
  const start = first ? Number(first) : Math.max(0, file.size - Number(last));
  const end = first && last ? Math.min(file.size, Number(last) + 1) : file.size;
  if (start >= end) {
    headers.set("Content-Range", `bytes */${file.size}`);
    headers.delete("Content-Length");
    return new Response(null, { status: 416, statusText: "Range Not Satisfiable", headers });
  }
  headers.set("Content-Range", `bytes ${start}-${end - 1}/${file.size}`);
  headers.set("Content-Length", `${end - start}`);
  const part = file.slice(start, end, file.type);
  return new Response(part, { status: 206, statusText: "Partial Content", headers });
}
