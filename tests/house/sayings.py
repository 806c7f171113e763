"""What the rooms say, read from their source: every catalogue, every code that is said, and the facts given to it."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tests.house.tree import ROOMS, ROOT, modules, name, parsed
from workflow.catalogue import Catalogue


class Sayer(NamedTuple):
    """How a function is handed a code: at which place, and at which the facts (None: as keywords)."""

    code: int = 0
    facts: int | None = None


class Said(NamedTuple):
    """In which rooms the codes of a catalogue are handed to which functions."""

    catalogue: str
    rooms: tuple[str, ...]
    sayers: Mapping[str, Sayer]


KEYWORDS = Sayer()
SAID = (
    Said(
        "error_messages.ERRORS",
        ("workflow", "web", "trinh/demo"),
        dict.fromkeys(("Invalid", "NotAllowed", "NotFound", "Outdated"), KEYWORDS),
    ),
    Said("error_messages.ERRORS", ("workflow/exchange",), {"TableFault": Sayer(0, 3), "self.fault": KEYWORDS}),
    Said("error_messages.ERRORS", ("workflow/definitions/publishing.py",), {"Reason": Sayer(0, 1)}),
    Said(
        "reason_messages.REASONS",
        ("workflow/machine", "workflow/cases", "workflow/desk"),
        {"Reason": Sayer(0, 1), "WrongForm": KEYWORDS},
    ),
    Said(
        "general.FINDINGS",
        (
            *("workflow/machine/loading", "workflow/machine/checking", "workflow/machine/definition"),
            *("workflow/machine/inspecting", "workflow/definitions/inspections.py"),
        ),
        {"fault": KEYWORDS, "report.add": KEYWORDS, "finding_at": Sayer(1), "Finding": Sayer(0)},
    ),
    Said("expression_messages.FAULTS", ("workflow/machine/expressions",), {"fault_at": Sayer(2), "fault": Sayer(1)}),
    Said("walk_messages.FAULTS", ("workflow/machine/walks/reader.py",), {"_fault": Sayer(1)}),
    Said(
        "prose_messages.PROSE", ("workflow/machine/explaining",), {"speech.say": KEYWORDS, "speech.heading": KEYWORDS}
    ),
    Said("caption_messages.CAPTIONS", ("workflow/machine/drawing",), {"self.say": KEYWORDS}),
    Said(
        "play_messages.PLAY",
        ("trinh/commands/definitions/played.py",),
        dict.fromkeys(("game.say", "self.say", "self.sentence", "self.ask"), KEYWORDS),
    ),
    Said(
        "command_messages.COMMANDS",
        ("trinh",),
        dict.fromkeys(("terminal.say", "terminal.sentence", "terminal.fail", "terminal.wrong"), KEYWORDS),
    ),
)
"""Besides these every catalogue has `say` and `text` of its own."""
RAISED = {
    "error_messages.ERRORS", "reason_messages.REASONS", "general.FINDINGS", "expression_messages.FAULTS",
    "walk_messages.FAULTS",
}  # fmt: skip
"""Catalogues whose codes are written down in their rooms above and nowhere else."""
LETTERS = 3
"""As many of its own tell a code that is partly filled in from any other text."""


def holds_sentences(path: Path) -> bool:
    return any(part.endswith("messages") for part in path.relative_to(ROOT).with_suffix("").parts)


@cache
def catalogues() -> Mapping[str, Catalogue]:
    """Every catalogue by its module and its own name."""
    return {
        f"{path.stem}.{target.id}": getattr(
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)), target.id
        )
        for path in modules(*ROOMS)
        if holds_sentences(path)
        for node in parsed(path).body
        for target in assigned(node)
        if calls(node.value, "Catalogue")
    }


def assigned(node: ast.stmt) -> list[ast.Name]:
    targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets if isinstance(node, ast.Assign) else []
    return [target for target in targets if isinstance(target, ast.Name)]


def calls(node: ast.expr | None, function: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function


class Saying(NamedTuple):
    """A code that is said in the source, with the facts given to it (None: more than can be read there)."""

    place: str
    catalogue: str
    code: str
    facts: set[str] | None


class Source(NamedTuple):
    """What a module says: codes, all that it writes out, and what it writes with a part to be filled in."""

    sayings: tuple[Saying, ...]
    written: frozenset[str]
    patterns: frozenset[str]


@cache
def source(path: Path) -> Source:
    nodes = list(ast.walk(parsed(path)))
    calls_here = [node for node in nodes if isinstance(node, ast.Call)]
    strings = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return Source(
        (*said_by_sayers(path, calls_here), *said_by_catalogues(path, nodes, calls_here)),
        frozenset(strings),
        frozenset(map(pattern, (node for node in nodes if isinstance(node, ast.JoinedStr)))),
    )


def said_by_sayers(path: Path, calls_here: list[ast.Call]) -> Iterator[Saying]:
    for said in (said for said in SAID if name(path).startswith(said.rooms)):
        for call in calls_here:
            function = dotted(call.func)
            sayer = next((how for key, how in said.sayers.items() if f".{function}".endswith(f".{key}")), None)
            if sayer and len(call.args) > sayer.code:
                for code in constants(call.args[sayer.code]):
                    yield Saying(f"{name(path)}:{call.lineno}", said.catalogue, code, facts_of(call, sayer))


def said_by_catalogues(path: Path, nodes: list[ast.AST], calls_here: list[ast.Call]) -> Iterator[Saying]:
    known = {
        alias.name: f"{node.module.rpartition('.')[2]}.{alias.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    for call in calls_here:
        owner, _, method = dotted(call.func).rpartition(".")
        if method in ("say", "text") and known.get(owner) in catalogues() and call.args:
            for code in constants(call.args[0]):
                yield Saying(f"{name(path)}:{call.lineno}", known[owner], code, facts_of(call, KEYWORDS))


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def constants(node: ast.expr) -> list[str]:
    """Read the codes that an argument may be: written out, or one of two."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def facts_of(call: ast.Call, sayer: Sayer) -> set[str] | None:
    if sayer.facts is None:
        return None if any(word.arg is None for word in call.keywords) else {str(word.arg) for word in call.keywords}
    if len(call.args) <= sayer.facts:
        return None if call.keywords else set()
    given = call.args[sayer.facts]
    keys = given.keys if isinstance(given, ast.Dict) else [None]
    return {ast.literal_eval(key) for key in keys if key} if all(keys) else None


def pattern(node: ast.JoinedStr) -> str:
    """Write what a text that is filled in may become; one without three letters of its own becomes no code."""
    parts = [re.escape(part.value) if isinstance(part, ast.Constant) else choice(part) for part in node.values]
    told = "".join(part for part in parts if part != ".+")
    return "".join(parts) if len(re.sub(r"\W", "", told)) >= LETTERS else "(?!)"


def choice(part: ast.expr) -> str:
    either = constants(part.value) if isinstance(part, ast.FormattedValue) else []
    return f"(?:{'|'.join(map(re.escape, either))})" if either else ".+"


def sayings() -> list[Saying]:
    return [saying for path in modules(*ROOMS) for saying in source(path).sayings]
