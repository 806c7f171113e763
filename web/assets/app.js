// Improvements only: every page works without this file.
import "htmx.org";
import { growTables } from "./scripts/tables.js";
import { keepDrafts } from "./scripts/drafts.js";
import { moveByKeys } from "./scripts/keys.js";

growTables(document);
keepDrafts(document);
moveByKeys(document);
