// Improvements only: every page works without this file.
import "htmx.org";
import { openActs } from "./scripts/acts.js";
import { growTables } from "./scripts/tables.js";
import { keepDrafts } from "./scripts/drafts.js";
import { seekByKey } from "./scripts/search.js";
import { showStarts } from "./scripts/drawings.js";
import { moveByKeys } from "./scripts/keys.js";

openActs(document);
growTables(document);
keepDrafts(document);
moveByKeys(document);
seekByKey(document);
showStarts(document);
