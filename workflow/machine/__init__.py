"""The rules, pure: text to a definition, its findings, its drawing, and what an act does to a case."""
