// Two readers of podcast feeds that are not ours say what they find in a file.
//   node judges.cjs FOLDER-OF-NODE_MODULES FEED
// A line a warning of theirs, and at the end one line of JSON.
//   node judges.cjs FOLDER-OF-NODE_MODULES
// A line of JSON for each path that is read: warnings, and the GUIDs that each of them finds.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { createInterface } = require("node:readline");
const [folder, feed] = process.argv.slice(2);
const judges = createRequire(`${folder}/`);
const { parseFeed } = judges("podcast-partytime");
const { parseRssFeed } = judges("feedsmith");

const read = async (path) => {
  const text = readFileSync(path, "utf8");
  const partytime = await parseFeed(text, { allowMissingGuid: false });
  return { partytime, feedsmith: parseRssFeed(text) };
};

const one = async () => {
  const { itunesCategoriesSourceOfTruth: categories } = judges(
    "./node_modules/podcast-partytime/dist/parser/itunes-categories.js",
  );
  console.log(JSON.stringify({ ...(await read(feed)), categories }));
};

const many = async () => {
  const say = console.log;
  const warnings = [];
  for (const door of ["log", "info", "warn", "error", "debug"])
    console[door] = (...words) => warnings.push(words.join(" "));
  for await (const path of createInterface({ input: process.stdin })) {
    const { partytime, feedsmith } = await read(path);
    const guids = [
      partytime.items.map((item) => item.guid),
      feedsmith.items.map((item) => item.guid.value),
    ];
    say(JSON.stringify({ warnings: warnings.splice(0), guids }));
  }
};

if (feed) one();
else many();
