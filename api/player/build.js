/**
 * Build script: `node build.js [TOOLS [OUT]]` bundles the entry points.
 *
 * TOOLS is the folder whose node_modules holds esbuild (this one unless said), OUT where the
 * files go (../static, where they are committed).
 */
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
const [tools = here, out = join(here, "..", "static")] = args;
const extension = join(here, "..", "..", "examples", "browser-extension");
const esbuild = createRequire(join(resolve(tools), "package.json"))("esbuild");

/** Style sheets are imported as text. */
const css = {
  name: "css",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const made = await esbuild.build({
        entryPoints: [path],
        minify: true,
        target: "esnext", // light-dark() and nesting stay as they are written
        write: false,
      });
      return { contents: made.outputFiles[0].text.trim(), loader: "text" };
    });
  },
};

const options = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "// Built from api/player by `make player`: change it there." },
  plugins: [css],
};
await esbuild.build({
  ...options,
  entryPoints: {
    player: "player.js",
    "ting-wen": "ting-wen.js",
    app: "app.js",
    "service-worker": "worker/service_worker.js",
  },
  outdir: resolve(out),
  format: "esm",
});
const outdir = args.length > 1 ? resolve(out, "extension") : join(extension, "built");
const ofExtension = { ...options, outdir };
await esbuild.build({ ...ofExtension, entryPoints: ["player.js"], format: "esm" });
await esbuild.build({
  ...ofExtension,
  entryPoints: [join(extension, "page.js")],
  format: "iife", // a page takes no modules from an extension
});
