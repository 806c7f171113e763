"""What the engine costs beside the plainest way to do the same, as paired ratios; run by `make bench`."""
