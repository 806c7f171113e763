"""Files in: a door of the engine, so it validates; everything behind it trusts what it answers."""
