"""Reads the small YAML files that ship beside the definitions, with the definitions' own limited reader.

Every scalar stays text: the caller knows what it means (calendar, roles, kinds, movements). Faults come from that
reader, with line and column.
"""

from workflow.machine.definition import DefinitionFaults, FindingReport
from workflow.machine.loading import ListNode, Node, ScalarNode, compose, normalised

Tree = str | list["Tree"] | dict[str, "Tree"]


def tree(source: str | bytes, *, path: str) -> Tree:
    """The document as text, lists and mappings. Raises `DefinitionFaults`."""
    report = FindingReport()
    node = compose(normalised(source, path=path), report)
    if report.faults or node is None:
        raise DefinitionFaults(report.faults, path=path)
    return _plain(node)


def _plain(node: Node) -> Tree:
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, ListNode):
        return [_plain(item) for item in node.items]
    return {key: _plain(value) for key, (_, value) in node.entries.items()}
