"""Finding cases by words and filters, among those that a person sees in lists."""

from workflow.search import filling
from workflow.search.excerpts import Excerpt, Part, parts_of
from workflow.search.finding import Asked, FoundCase, SearchPage, find, find_code

__all__ = ["Asked", "Excerpt", "FoundCase", "Part", "SearchPage", "filling", "find", "find_code", "parts_of"]
