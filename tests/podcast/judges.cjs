// Two readers of podcast feeds that are not ours say what they find in a file.
//   node judges.cjs FOLDER-OF-NODE_MODULES FEED
// A line a warning of theirs, and at the end one line of JSON.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const [folder, feed] = process.argv.slice(2);
const judges = createRequire(`${folder}/`);
const text = readFileSync(feed, "utf8");

(async () => {
  const { parseFeed } = judges("podcast-partytime");
  const { itunesCategoriesSourceOfTruth: categories } = judges(
    "./node_modules/podcast-partytime/dist/parser/itunes-categories.js",
  );
  const partytime = await parseFeed(text, { allowMissingGuid: false });
  const feedsmith = judges("feedsmith").parseRssFeed(text);
  console.log(JSON.stringify({ partytime, feedsmith, categories }));
})();
