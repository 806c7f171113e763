"""The desk: what people ask before they act, over the cases that they may act on."""

__all__: list[str] = []
