// Improvements only: every page works without this file.
import "htmx.org";
import { countChoices } from "./scripts/ballots.js";
import { saveDrafts } from "./scripts/autosave.js";
import { guardSessions } from "./scripts/session.js";
import { focusSummary } from "./scripts/focus.js";
import { askFirst } from "./scripts/asking.js";
import { growTables } from "./scripts/tables.js";
import { keepDrafts } from "./scripts/drafts.js";
import { tellRead } from "./scripts/reading.js";
import { showStarts } from "./scripts/drawings.js";
import { openBeside } from "./scripts/desk.js";
import { waitForNetwork } from "./scripts/network.js";
import { moveByKeys } from "./scripts/keys.js";

countChoices(document);
guardSessions(document);
saveDrafts(document);
waitForNetwork(document);
focusSummary(document);
askFirst(document);
growTables(document);
keepDrafts(document);
openBeside(document);
moveByKeys(document);
showStarts(document);
tellRead(document);
