// Improvements only: every page works without this file.
import "htmx.org";
import { countChoices } from "./scripts/ballots.js";
import { focusSummary } from "./scripts/focus.js";
import { growTables } from "./scripts/tables.js";
import { keepDrafts } from "./scripts/drafts.js";
import { showStarts } from "./scripts/drawings.js";
import { moveByKeys } from "./scripts/keys.js";

countChoices(document);
focusSummary(document);
growTables(document);
keepDrafts(document);
moveByKeys(document);
showStarts(document);
