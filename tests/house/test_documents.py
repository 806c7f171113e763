"""What is written for people to read is held to the code: links lead somewhere, rules stand where it is said."""

import ast
import re
from pathlib import Path

import pytest

import workflow
import workflow.values
from tests.house.tree import MADE, ROOMS, ROOT, files, modules, parsed
from tools import verbs

PAPERS = [
    path
    for place in (*sorted(ROOT.iterdir()), *(ROOT / "docs" / "decisions",))
    for path in ([place] if place.is_file() else files(place) if place.is_dir() and place.name not in MADE else [])
    if path.suffix == ".md"
]
ARCHITECTURE = sorted((ROOT / "docs" / "architecture").glob("*.md"))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
RULES = re.findall(
    r"^\| ([^|]+\?) \| `([^`]+)` \| `([^`]+)` \|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE
)
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
WORDS = (
    *("definition", "case", "state", "action", "guard", "turn", "assignment", "ask", "link", "members", "substitution"),
    *("ballot", "deadline", "escalation", "step", "separation of duties", "notice", "notification", "letter"),
    *("document", "paper", "history", "unit", "movement", "milestone", "obligation", "desk", "machine time"),
    *("business time", "dossier", "nominee", "book", "number", "regime", "edition"),
)
LONGEST_LINE = 120
MORE_THAN = 20


def test_every_relative_link_leads_to_a_file():
    links = [
        (path, target.partition("#")[0])
        for path in PAPERS
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8"))
        if not re.match(r"[a-z]+:|#", target)
    ]
    assert len(links) > MORE_THAN
    assert [
        f"{path.relative_to(ROOT)}: {target}" for path, target in links if not (path.parent / target).exists()
    ] == []


def test_the_architecture_is_five_pages_each_with_a_drawing_and_no_long_line():
    assert len(ARCHITECTURE) == 5
    for page in (*ARCHITECTURE, ROOT / "docs" / "architecture.md"):
        text = page.read_text("utf-8")
        assert [line for line in text.splitlines() if len(line) > LONGEST_LINE] == []
        assert page not in ARCHITECTURE or page.with_suffix(".svg").name in text


def test_every_decision_is_numbered_once_told_whole_and_listed():
    assert len(DECISIONS) > 10
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    for decision in DECISIONS:
        assert f"({decision.name})" in listed
        assert {"## Context", "## Decision", "## Consequences"} <= set(decision.read_text("utf-8").splitlines())


def test_the_page_of_verbs_is_made_of_the_code():
    assert verbs.page() == verbs.PAGE.read_text("utf-8"), "run `make docs`"


def test_every_verb_says_what_it_is_for():
    told = verbs.PAGE.read_text("utf-8")
    assert told.count("\n- `") > 100
    assert re.findall(r"^- `.*` –\n(?!  \S)", told, re.MULTILINE) == []


def test_there_are_enough_rules_in_the_index():
    assert len(RULES) >= MORE_THAN
    assert len({question for question, _, _ in RULES}) == len(RULES)


@pytest.mark.parametrize(("question", "path", "name"), RULES, ids=lambda value: value[:60])
def test_a_rule_stands_where_the_index_says(question: str, path: str, name: str):
    assert (ROOT / path).is_file(), question
    defined = {node.name for node in parsed(ROOT / path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assert name in defined, question


def test_every_word_of_the_glossary_that_stands_in_the_code_does():
    words = {word for row in rows(GLOSSARY) for word in re.findall(r"`([^`]+)`", row[-1])}
    assert len(words) > MORE_THAN
    source = "\n".join(path.read_text("utf-8") for path in modules(*ROOMS))
    assert [word for word in sorted(words) if not re.search(rf"\b{re.escape(word)}\b", source)] == []


def test_every_row_of_the_glossary_says_all_four():
    assert [row for row in rows(GLOSSARY) if len(row) != 4 or not all(row)] == []


def test_the_glossary_has_every_value_that_rules_and_record_share():
    classes = {name for name in workflow.values.__all__ if isinstance(getattr(workflow.values, name), type)}
    assert len(classes) > MORE_THAN
    assert {name for name in classes if f"`{name}`" not in GLOSSARY} == set()


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_has_every_word_of_the_product(word: str):
    assert [row for row in rows(GLOSSARY) if re.search(rf"\b{word}\b", row[0])]


def test_the_library_promises_what_it_documents():
    paper = (ROOT / "docs" / "library.md").read_text("utf-8")
    names, methods = re.split(r"^\| method of `Engine` ", paper, flags=re.MULTILINE)
    assert {name.partition("(")[0] for name in re.findall(r"^\| `([^`]+)` \|", names, re.MULTILINE)} == set(
        workflow.__all__
    )
    documented = {name for row in re.findall(r"^\| (`.+`) \|", methods, re.MULTILINE) for name in names_in(row)}
    assert documented == {name for name in vars(workflow.Engine) if not name.startswith("_")} - {"database"}


def test_whoever_installs_the_library_gets_its_types():
    assert (ROOT / "workflow" / "py.typed").is_file()


def rows(paper: str) -> list[list[str]]:
    """The rows of all tables of a paper, without their heads, cut into cells."""
    lines = [line for line in paper.splitlines() if line.startswith("| ") and not line.startswith("| our word")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names_in(row: str) -> list[str]:
    return re.findall(r"`(\w+)\(", row)


def test_no_paper_is_overlooked():
    assert {Path("README.md"), Path("docs/decisions/README.md"), Path("workflow/machine/README.md")} <= {
        path.relative_to(ROOT) for path in PAPERS
    }
