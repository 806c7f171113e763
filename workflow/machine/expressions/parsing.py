"""From the text of an expression to its tree: a small parser, bounded in length, parts and depth so it always ends.

The grammar is a subset of CEL: `?:`, `||`, `&&`, comparisons and `in`, `+ -`, `*`, `! -`, members, calls, lists.
Knows no name and no type.
"""

from fractions import Fraction

from workflow.machine.expressions.faults import Fact, fault_at
from workflow.machine.expressions.tokens import Token, tokens_of
from workflow.machine.expressions.tree import (
    COMPARISONS,
    Among,
    Both,
    Call,
    Compare,
    Constant,
    Either,
    Gather,
    Gathering,
    Items,
    Member,
    Minus,
    Name,
    Node,
    Not,
    Pick,
    Sum,
    Written,
)

MAX_DEPTH = 40
MAX_PARTS = 400
MAX_INPUTS = 100

GATHERINGS: dict[str, Gathering] = {"all": "all", "any": "any", "exists": "any", "count": "count", "sum": "sum"}
_WORDS: dict[str, Constant] = {"true": True, "false": False}
_RESERVED = {"in", "else", "null", "true", "false"}
_RELATION, _TERM, _FACTOR = 1, 2, 3
_STRENGTH = {"+": _TERM, "-": _TERM, "*": _FACTOR, "in": _RELATION} | dict.fromkeys(COMPARISONS, _RELATION)
_A_VALUE = ("name", "number", "text", "(", "[", "!", "-")


def parse(source: str) -> Node:
    """Parse a whole expression; raises ExpressionFault at the first place that cannot be read."""
    return _Parser(source).whole()


class _Parser:
    """Where the reading stands; the only mutable thing in this room."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = list(tokens_of(source))
        self.position = 0
        self.parts = 0
        self.level = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def whole(self) -> Node:
        node = self.expression()
        if self.token.kind != "end":
            raise self.unexpected("&&", "||", "==", "<", "+")
        return node

    def expression(self) -> Node:
        """Read `condition ? then : otherwise` or less."""
        self.enter()
        node = self.either()
        if self.accepts("?"):
            then = self.expression()
            self.expect(":")
            otherwise = self.expression()
            node = self.bounded(Pick(node.start, otherwise.end, _above(node, then, otherwise), node, then, otherwise))
        self.level -= 1
        return node

    def either(self) -> Node:
        parts = [self.both()]
        while self.accepts("||"):
            parts.append(self.both())
        if len(parts) == 1:
            return parts[0]
        return self.bounded(Either(parts[0].start, parts[-1].end, _above(*parts), tuple(parts)))

    def both(self) -> Node:
        parts = [self.binary(_RELATION)]
        while self.accepts("&&"):
            parts.append(self.binary(_RELATION))
        if len(parts) == 1:
            return parts[0]
        return self.bounded(Both(parts[0].start, parts[-1].end, _above(*parts), tuple(parts)))

    def binary(self, least: int) -> Node:
        """Read operators at least as strong as `least`, the left one first (precedence climbing)."""
        left = self.unary()
        while self.token.kind in {"sign", "name"} and _STRENGTH.get(self.token.text, 0) >= least:
            sign = self.token.text
            self.position += 1
            right = self.binary(_STRENGTH[sign] + 1)
            left = self.bounded(_joined(sign, left, right))
        return left

    def unary(self) -> Node:
        token = self.token
        if not (self.accepts("!") or self.accepts("-")):
            return self.postfix()
        self.enter()
        of = self.unary()
        self.level -= 1
        kind = Not if token.text == "!" else Minus
        return self.bounded(kind(token.start, of.end, _above(of), of))

    def postfix(self) -> Node:
        node = self.primary()
        while self.accepts("."):
            node = self.bounded(self.member(node))
        return node

    def member(self, of: Node) -> Node:
        name = self.expect_name()
        if not self.accepts("("):
            return Member(of.start, name.end, _above(of), of, name.text)
        if name.text not in GATHERINGS:
            raise self.fault(name, "unknown_gathering", found=name.text, allowed=tuple(GATHERINGS))
        row = self.expect_name()
        self.expect(",")
        body = self.expression()
        end = self.expect(")").end
        return Gather(of.start, end, _above(of, body), of, GATHERINGS[name.text], row.text, body)

    def primary(self) -> Node:
        token = self.token
        self.position += 1
        if token.kind == "name" and (token.text in _WORDS or token.text not in _RESERVED):
            return self.named(token)
        if token.kind in {"int", "decimal", "text"}:
            return self.bounded(Written(token.start, token.end, 1, _value(token)))
        if token.text == "(" and token.kind == "sign":
            node = self.expression()
            self.expect(")")
            return node
        if token.text == "[" and token.kind == "sign":
            items = self.inputs("]")
            end = self.tokens[self.position - 1].end
            return self.bounded(Items(token.start, end, _above(*items), items))
        self.position -= 1
        raise self.unexpected(*_A_VALUE)

    def named(self, token: Token) -> Node:
        if token.text in _WORDS:
            return self.bounded(Written(token.start, token.end, 1, _WORDS[token.text]))
        if not self.accepts("("):
            return self.bounded(Name(token.start, token.end, 1, token.text))
        inputs = self.inputs(")")
        end = self.tokens[self.position - 1].end
        return self.bounded(Call(token.start, end, _above(*inputs), token.text, inputs))

    def inputs(self, closing: str) -> tuple[Node, ...]:
        inputs: list[Node] = []
        while not self.accepts(closing):
            if inputs:
                self.expect(",")
            inputs.append(self.expression())
            if len(inputs) > MAX_INPUTS:
                raise self.fault(self.token, "too_many_parts", limit=MAX_INPUTS)
        return tuple(inputs)

    def enter(self) -> None:
        self.level += 1
        if self.level > MAX_DEPTH:
            raise self.fault(self.token, "too_deep", limit=MAX_DEPTH)

    def bounded(self, node: Node) -> Node:
        self.parts += 1
        if self.parts > MAX_PARTS:
            raise self.fault(self.token, "too_many_parts", limit=MAX_PARTS)
        if node.depth > MAX_DEPTH:
            raise self.fault(self.token, "too_deep", limit=MAX_DEPTH)
        return node

    def accepts(self, sign: str) -> bool:
        taken = self.token.kind == "sign" and self.token.text == sign
        self.position += taken
        return taken

    def expect(self, sign: str) -> Token:
        token = self.token
        if not self.accepts(sign):
            raise self.unexpected(sign)
        return token

    def expect_name(self) -> Token:
        token = self.token
        if token.kind != "name" or token.text in _RESERVED:
            raise self.unexpected("name")
        self.position += 1
        return token

    def unexpected(self, *allowed: str) -> Exception:
        code = "ended" if self.token.kind == "end" else "unexpected"
        written = self.source[self.token.start : self.token.end]
        return self.fault(self.token, code, found=written, allowed=allowed)

    def fault(self, token: Token, code: str, **facts: Fact) -> Exception:
        return fault_at(self.source, token.start, code, **facts)


def _above(*nodes: Node) -> int:
    return 1 + max((node.depth for node in nodes), default=0)


def _joined(sign: str, left: Node, right: Node) -> Node:
    start, end, depth = left.start, right.end, _above(left, right)
    if sign == "in":
        return Among(start, end, depth, left, right)
    if sign in COMPARISONS:
        return Compare(start, end, depth, COMPARISONS[sign], left, right)
    return Sum(start, end, depth, "+" if sign == "+" else "-" if sign == "-" else "*", left, right)


def _value(token: Token) -> Constant:
    if token.kind == "text":
        return token.text
    return int(token.text) if token.kind == "int" else Fraction(token.text)
