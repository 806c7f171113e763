"""The command: the composition root, the only place that imports web and workers together, and the demo."""
