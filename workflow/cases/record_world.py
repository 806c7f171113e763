"""The record as the place where the machine finds what it decides with: facts, definitions, ids and numbers.

In a writing transaction it locks the cases that an act moves. Holds no rule.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workflow.cases import facts, histories, papers
from workflow.cases.facts import CaseToOpen
from workflow.cases.writing import remark_of
from workflow.definitions import parameters, publishing
from workflow.machine.deciding import ActContext, Beginning, KnownFacts, codes_in, copied
from workflow.machine.definition import Definition
from workflow.machine.remarks import open_defects
from workflow.organisation import access
from workflow.storage import numbers
from workflow.storage.queries import remark_rows, viewings
from workflow.storage.queries.organisation import Surroundings
from workflow.storage.session import Tx
from workflow.values import OPEN_DEFECTS, UNSEEN_PAPERS, Act, Case, Needs, Opening, Plan, Refusal
from workflow.vietnamese import fold

Doubtful = Callable[[Tx, Case, int], int]


def _open_defects(tx: Tx, case: Case, _person: int) -> int:
    """Count the defects that nobody has corrected, not even in a draft."""
    return len(open_defects(map(remark_of, remark_rows.of_case(tx, case.id))))


def _unseen_papers(tx: Tx, case: Case, person: int) -> int:
    """Count the papers that somebody has not ticked, once they have ticked one: whoever never ticks is not asked.

    A tick goes with the file, so a paper that was exchanged since is counted.
    """
    held = {
        value["sha256"]
        for value in case.fields.values()
        if isinstance(value, dict) and isinstance(value.get("sha256"), str)
    }
    ticked = viewings.seen(tx, case.id, person_id=person) if held else frozenset()
    return len(held - ticked) if ticked else 0


DOUBTS: Mapping[str, Doubtful] = {OPEN_DEFECTS: _open_defects, UNSEEN_PAPERS: _unseen_papers}
"""How much speaks against an act of a person, by the doubts of the machine."""


@dataclass(frozen=True, slots=True)
class RecordWorld:
    """The record as one act sees it.

    `surroundings` are the organisation around the case that was loaded with them; `has_remarks`: something was remarked
    on that case.
    """

    tx: Tx
    context: ActContext
    surroundings: Surroundings | None = None
    has_remarks: bool = False

    def definition_of(self, case: Case) -> Definition:
        """Return the definition that a case is pinned to."""
        return publishing.compiled(self.tx, case.definition)

    def facts_for(self, case: Case, act: Act, wanted: Needs) -> KnownFacts:
        """Load what is wanted for the act, without cases that the actor may not know of."""
        definition = self.definition_of(case)
        known = facts.for_act(
            self.tx, definition, case, act, wanted, on_date=self.context.today, surroundings=self.surroundings
        )
        known = self._with_undone(self._with_doubts(known, case, wanted), case, wanted)
        return self._without_hidden(known, codes_in(definition, act)) if known.facts.cases else known

    def facts_of(self, case: Case, wanted: Needs) -> KnownFacts:
        """Load declared facts of one case."""
        known = facts.find(self.tx, case, wanted, on_date=self.context.today, surroundings=self.surroundings)
        return self._with_undone(self._with_doubts(known, case, wanted), case, wanted)

    def objection_to(self, definition: Definition, case: Case, plan: Plan) -> Refusal | None:
        """Refuse a Plan that takes in a document which was not handed over to this very case and field."""
        foreign = papers.find_foreign(self.tx, definition, case, plan.inputs)
        return Refusal("refused", foreign) if foreign else None

    def begin(self, wanted: Opening, origin: Case, *, waiting: int) -> Beginning:
        """Take the id and the number of a case that an act opens, and what it begins with."""
        definition = publishing.current(self.tx, wanted.definition)
        return self._begin(
            definition,
            CaseToOpen(origin.unit, origin.movement, copied(definition, wanted)),
            at=wanted.state,
            linked={wanted.link: (origin,)},
            waiting=waiting,
        )

    def begin_unlinked(self, definition: Definition, case: CaseToOpen) -> Beginning:
        """Take the id and the number of a case that a person or a movement opens, and what it begins with."""
        return self._begin(definition, case, at=None, linked={}, waiting=0)

    def give_back(self, beginning: Beginning) -> None:
        """Give back the number that was taken for a case which is not opened after all."""
        if beginning.book is not None:
            numbers.give_back(self.tx, *beginning.book)

    def _begin(
        self,
        definition: Definition,
        case: CaseToOpen,
        *,
        at: str | None,
        linked: Mapping[str, tuple[Case, ...]],
        waiting: int,
    ) -> Beginning:
        today = self.context.today
        pins = parameters.pins(self.tx, definition, movement_id=case.movement, on_date=today)
        known = facts.for_opening(self.tx, definition, case, pins, at=at, on_date=today, linked=linked)
        case_id, code, book = self._taken(definition, waiting)
        return Beginning(
            definition,
            case_id,
            code,
            case.unit,
            case.movement,
            case.fields,
            pins,
            known,
            at,
            book,
        )

    def _taken(self, definition: Definition, waiting: int) -> tuple[int, str, tuple[str, int] | None]:
        """Take an id and a number; return them with the book that the number is from."""
        book = (code_prefix(definition), self.context.today.year)
        number = numbers.next_number(self.tx, *book)
        return numbers.next_case_id(self.tx, waiting=waiting), f"{book[0]}-{book[1]}-{number:04d}", book

    def _with_doubts(self, known: KnownFacts, case: Case, wanted: Needs) -> KnownFacts:
        """Add what the record knows against the act of this person."""
        person = self.context.actor.person
        asked = wanted.doubts if self.has_remarks else wanted.doubts - {OPEN_DEFECTS}
        loads = {kind: load for kind, load in DOUBTS.items() if kind in asked}
        if not loads or person is None:
            return known
        doubts = {kind: load(self.tx, case, person) for kind, load in loads.items()}
        return known._replace(facts=known.facts._replace(doubts=doubts))

    def _with_undone(self, known: KnownFacts, case: Case, wanted: Needs) -> KnownFacts:
        """Add the last act of the case, where it is to be taken back."""
        if not wanted.undo:
            return known
        return known._replace(facts=known.facts._replace(undone=histories.last(self.tx, case)))

    def _without_hidden(self, known: KnownFacts, named: frozenset[str]) -> KnownFacts:
        """Leave out the named cases that the actor may not know of, as if their codes did not exist."""
        person, now = self.context.actor.person, self.context.now
        cases = {
            code: linked
            for code, linked in known.facts.cases.items()
            if code not in named or (person is not None and access.may_see(self.tx, linked.case, person, now=now))
        }
        return known._replace(facts=known.facts._replace(cases=cases))


class DryRecordWorld(RecordWorld):
    """The record as it is read to say what an act would do: nothing is taken, so that a reader may ask."""

    __slots__ = ()

    def _taken(self, definition: Definition, waiting: int) -> tuple[int, str, tuple[str, int] | None]:
        """Stand in for an id and a number: the case is not written."""
        return -1 - waiting, f"{code_prefix(definition)}-{self.context.today.year}-", None


def code_prefix(definition: Definition) -> str:
    """Take the initials of the title's first two words: Kế hoạch gives KH, Đề nghị gives DN."""
    words = fold(definition.title.vi).split()
    return "".join(word[0] for word in words[:2]).upper()
