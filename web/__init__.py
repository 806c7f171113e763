"""The web: requests become verbs, answers become pages. No rule, no query and no state name lives here."""
