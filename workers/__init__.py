"""The doorbell, the sweeper and the letters: what happens by itself while nobody looks at a page."""
