// Improvements only: every page works without this file.
import "htmx.org";
import { saveDrafts } from "./scripts/autosave.js";
import { guardSessions } from "./scripts/session.js";
import { openActs } from "./scripts/acts.js";
import { growTables } from "./scripts/tables.js";
import { keepDrafts } from "./scripts/drafts.js";
import { showStarts } from "./scripts/drawings.js";
import { moveByKeys } from "./scripts/keys.js";

guardSessions(document);
openActs(document);
growTables(document);
keepDrafts(document);
saveDrafts(document);
moveByKeys(document);
showStarts(document);
