"""Reads a page the way a person without scripts does: its forms with what stands in them, its words, its links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form: where it goes, what stands in it, and where its buttons send it instead."""

    action: str
    values: dict[str, str | list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """A page as it was answered."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.choices: dict[str, list[str]] = {}
        self._select: str | None = None
        self._area: str | None = None
        self.html = html
        self._by_id: dict[str, Form] = {}
        self._filled: Form | None = None
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def form(self, target: str) -> Form:
        """The form that this address, or a button to it, belongs to."""
        return next(form for form in self.forms if target == form.action or target in form.buttons)

    def offers(self, target: str) -> bool:
        return any(target == form.action or target in form.buttons for form in self.forms)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "form":
            # Inputs may have named the form before it begins.
            form = self._by_id.setdefault(found.get("id") or str(len(self.forms)), Form(""))
            form.action = found.get("action", "")
            self.forms.append(form)
        elif self.forms:
            self._in_form(tag, found)

    def _in_form(self, tag: str, found: dict[str, str]) -> None:
        form, name = self._owner(found), found.get("name", "")
        if tag == "input" and name and found.get("type") == "checkbox":
            self._tick(form, name, found)
        elif tag == "input" and name and found.get("type") == "radio":
            self.choices.setdefault(name, []).append(found.get("value", ""))
            if "checked" in found:
                form.values[name] = found.get("value", "")
        elif tag == "input" and name and found.get("type") == "hidden" and name in form.values:
            earlier = form.values[name]
            form.values[name] = [*(earlier if isinstance(earlier, list) else [earlier]), found.get("value", "")]
        elif tag == "input" and name and found.get("type") != "file":
            form.values[name] = found.get("value", "")
        elif tag == "button" and "formaction" in found:
            form.buttons.append(found["formaction"])
        elif tag == "select":
            self._select = name
            form.values.setdefault(name, "")
        elif tag == "option" and self._select is not None and "selected" in found:
            form.values[self._select] = found.get("value", "")
        elif tag == "textarea":
            self._area = name
            form.values[name] = ""

    def _owner(self, found: dict[str, str]) -> Form:
        """The form that an input names as its own, else the one it stands in; options belong to their select's."""
        if "form" in found or self._select is None:
            self._filled = self._by_id.setdefault(found["form"], Form("")) if "form" in found else self.forms[-1]
        assert self._filled is not None
        return self._filled

    def _tick(self, form: Form, name: str, found: dict[str, str]) -> None:
        if "checked" in found:
            ticked = form.values.setdefault(name, [])
            assert isinstance(ticked, list)
            ticked.append(found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._area is not None and self._filled is not None:
            self._filled.values[self._area] = f"{self._filled.values[self._area]}{data}"
