"""What an act means for other cases: which acts are done to linked ones, which cases stay, which are opened.

All cases at a link go together or none does, unless they are on a list that is dealt with one by one. Knows what is
asked of a linked case, not what comes of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from workflow.machine.case import Question, fitting, linked_definition, verdict
from workflow.machine.definition import Alternative, Definition
from workflow.values import Act, Actor, Case, Json, Linked, Opening, Plan, Reason, Refusal, Reservation

LEFT = "left"
"""The code of the warning that a case did not go along."""


class Moved(NamedTuple):
    """What comes of the acts on linked cases so far: one warning for each case that stays, and why they refused."""

    plans: tuple[Plan, ...] = ()
    taken: tuple[Reservation, ...] = ()
    warnings: tuple[Reason, ...] = ()
    refusals: tuple[Reason, ...] = ()

    def with_plans(self, plans: tuple[Plan, ...]) -> "Moved":
        """Return it with one more case that goes along."""
        taken = (place for plan in plans for place in plan.reserves)
        return self._replace(plans=(*self.plans, *plans), taken=(*self.taken, *taken))

    def without(self, case: Case, refusal: Refusal) -> "Moved":
        """Return it with one more case that stays."""
        warning = Reason(LEFT, {"case": case.code, "state": case.state})
        return self._replace(warnings=(*self.warnings, warning), refusals=(*self.refusals, *refusal.reasons))

    @property
    def refusal(self) -> Refusal | None:
        """The refusal where not one of the cases goes along."""
        return Refusal("refused", self.refusals) if self.warnings and not self.plans else None


def moving(actor: Actor, case: Case, *, on_behalf: int | None) -> Actor:
    """Return the actor as moving linked cases by an act on this case, on behalf of whom that act was done for."""
    return replace(actor, link=case.code, behalf=on_behalf or actor.behalf)


def not_opened(wanted: Opening, refusal: Refusal) -> Refusal:
    """Refuse an act because the definition of the case that it would open refuses that."""
    return Refusal("refused", (Reason("cannot_open", {"link": wanted.link}), *refusal.reasons))


def one_by_one(definition: Definition, link: str) -> bool:
    """Tell whether an act on the cases at a link may leave out those that refuse it."""
    return link in definition.members and definition.members[link].order == "one"


def acts_on(question: Question, alternative: Alternative, link: str, linked: Linked) -> tuple[str, ...]:
    """List the acts on one linked case: those for all cases of the link, and those for the result that it got."""
    bound = [result_act for result_act in alternative.verdicts if result_act.link == link]
    results = {
        name: verdict(question, question.state.asks[name], linked) for name in {result_act.ask for result_act in bound}
    }
    depending = {result_act.action for result_act in bound}
    always = [action for of, action in alternative.each if of == link and action not in depending]
    return (*always, *(result_act.action for result_act in bound if results[result_act.ask] == result_act.result))


def linked_question(question: Question, linked: Linked, action: str, *, on_behalf: int | None) -> Question:
    """Return the question put to a linked case: the act done to it by whoever does this one."""
    return Question(
        linked_definition(question.definitions, linked),
        linked.case,
        Act(action),
        moving(question.actor, question.case, on_behalf=on_behalf),
        linked.facts,
        question.now,
        question.calendar,
        question.definitions,
    )


def openings_of(plan: Plan) -> Iterator[tuple[Case, Opening]]:
    """Go through the cases that an act opens, each with the one that it is opened from: linked ones open theirs too."""
    yield from ((plan.case, wanted) for wanted in plan.openings)
    for move in plan.moves:
        yield from openings_of(move)


def copied(definition: Definition, wanted: Opening) -> Mapping[str, Json]:
    """Return the fields that a new case begins with: of a copy of everything, those that its own form has and takes."""
    return fitting(definition, wanted.fields) if wanted.whole else wanted.fields
