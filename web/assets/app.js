// Improvements only: every page works without this file.
import "htmx.org";
import { openActs } from "./scripts/acts.js";
import { growTables } from "./scripts/tables.js";
import { keepDrafts } from "./scripts/drafts.js";
import { showStarts } from "./scripts/drawings.js";
import { weighFiles } from "./scripts/papers/sizes.js";
import { openPapers } from "./scripts/papers/opening.js";
import { moveByKeys } from "./scripts/keys.js";

openActs(document);
growTables(document);
keepDrafts(document);
moveByKeys(document);
showStarts(document);
openPapers(document);
weighFiles(document);
