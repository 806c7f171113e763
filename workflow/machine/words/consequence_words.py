"""What an act would do, as lines that people read: a sentence each, with the names that it is about below it.

Names of people, cases and kinds come in; labels of states, asks and answers come from definitions. Decides nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from workflow.machine.definition import Ask, Definition
from workflow.machine.words.consequence_messages import CHANGES, CONSEQUENCES
from workflow.machine.words.naming import result_of
from workflow.machine.words.reasons import action_label
from workflow.values import ANSWER, EMPTY_MAPPING, AskAfter, CaseAfter, Consequences, Text

MOST_NAMES = 6
Mark = Literal["stop", "done", "clock", "send", "paper", "warn", "plus"]


class KnownNames(NamedTuple):
    """What is known of whom an act concerns: definitions by hash, names of people by id, titles of cases by code."""

    definitions: Mapping[str, Definition]
    people: Mapping[int, str] = EMPTY_MAPPING
    cases: Mapping[str, str] = EMPTY_MAPPING


class ConsequenceLine(NamedTuple):
    """One line: what kind it is, its sentence, the names below it."""

    mark: Mark
    sentence: Text
    names: Text | None = None


def consequence_lines(shown: Consequences, names: KnownNames) -> tuple[ConsequenceLine, ...]:
    """Say everything that would follow from an act, what settles most first."""
    return (
        *_of_case(shown, names),
        *_of_moves(shown, names),
        *_of_openings(shown, names),
        *(ConsequenceLine("paper", CONSEQUENCES.text("paper", symbol=paper.symbol)) for paper in shown.papers),
        *_of_parties(shown, names),
        *_of_asks(shown, names),
        *_of_told(shown, names),
        *_of_dues(shown),
    )


def cautions(shown: Consequences, names: KnownNames) -> tuple[Text, ...]:
    """Say what ought to be known before an ask is ended: who wins already, what it takes, what is still open."""
    definition = names.definitions[shown.case.definition]
    asks = definition.states[shown.case.was].asks
    told = [sentence for after in shown.asks for sentence in _of_lines(asks[after.ask], after)]
    return (*told, CONSEQUENCES.text("refusable")) if shown.refusable else tuple(told)


def asked_about(shown: Consequences, names: KnownNames) -> Text:
    """Put the question that a person answers by going on."""
    action, asked = called_act(shown, names), _answered(shown, names)
    if asked is not None:
        return CONSEQUENCES.text("ask_ballot" if asked.secret else "ask_reply")
    early = next((after for after in shown.asks if after.missing), None)
    if early is None:
        return CONSEQUENCES.text("asked_plain", action=action)
    ask = names.definitions[shown.case.definition].states[shown.case.was].asks[early.ask]
    code = "asked_ballots" if ask.secret else "asked"
    return CONSEQUENCES.text(code, action=action, answered=early.answered, members=len(early.members))


def going_on(shown: Consequences, names: KnownNames) -> Text:
    """Name the button that does it."""
    action = called_act(shown, names)
    return CONSEQUENCES.text("still", action=_in_sentence(action)) if shown.doubts else action


def not_undone(shown: Consequences, names: KnownNames) -> Text | None:
    """Say that a final act cannot be undone."""
    return CONSEQUENCES.text("final", action=called_act(shown, names)) if shown.weight == "final" else None


def called_act(shown: Consequences, names: KnownNames) -> Text:
    """Name the act."""
    definition, asked = names.definitions[shown.case.definition], _answered(shown, names)
    if asked is not None:
        return CONSEQUENCES.text("ballot" if asked.secret else "reply")
    return action_label(definition, shown.action, was=shown.case.was) or Text(shown.action, shown.action)


def _answered(shown: Consequences, names: KnownNames) -> Ask | None:
    """Return the ask that an act answers."""
    asks = names.definitions[shown.case.definition].states[shown.case.was].asks
    return asks.get(shown.action.removeprefix(ANSWER)) if shown.action.startswith(ANSWER) else None


def leads_to(definition: Definition, state: str) -> Text:
    """Say in one sentence where an act leads."""
    code = "ends" if definition.states[state].is_settled else "goes"
    return CONSEQUENCES.text(code, state=definition.states[state].label)


def what_changed(before: Mapping[str, int], shown: Consequences) -> Text:
    """Say what is not as somebody read it: by the figures that they had before them."""
    now = shown.counts
    differing = [name for name in now if before.get(name, 0) != now[name]]
    for name in differing:
        if name.startswith("answered."):
            more = now[name] - before.get(name, 0)
            return CHANGES.text("more_ballots", count=more) if more > 0 else CHANGES.text("fewer_ballots")
    for name in differing:
        if name in ("told", "moved"):
            return CHANGES.text("told" if name == "told" else "moved", before=before.get(name, 0), now=now[name])
    return CHANGES.text("otherwise")


def _of_case(shown: Consequences, names: KnownNames) -> Iterator[ConsequenceLine]:
    case = shown.case
    if case.states == (case.was,):
        return
    label = _states(case, names)
    if len(case.states) > 1:
        yield ConsequenceLine("clock", CONSEQUENCES.text("may_go", state=label))
        return
    yield ConsequenceLine(_mark(case), CONSEQUENCES.text("ends" if case.settled else "goes", state=label))


def _of_moves(shown: Consequences, names: KnownNames) -> Iterator[ConsequenceLine]:
    groups: dict[tuple[str, tuple[str, ...]], list[CaseAfter]] = {}
    for case in shown.moves:
        groups.setdefault((case.definition, case.states), []).append(case)
    for (definition, states), cases in groups.items():
        kind, label = names.definitions[definition].title, _states(cases[0], names)
        code = "may_move" if len(states) > 1 else "moves_and_ends" if cases[0].settled else "moves"
        sentence = CONSEQUENCES.text(code, count=len(cases), kind=_in_sentence(kind), state=label)
        titles = [names.cases.get(case.code) or case.code for case in cases]
        yield ConsequenceLine(_mark(cases[0]), sentence, _listed("and_other_cases", titles))


def _of_openings(shown: Consequences, names: KnownNames) -> Iterator[ConsequenceLine]:
    for opened in shown.opens:
        kind = names.definitions[opened.definition].title
        if opened.fewest == opened.most:
            yield ConsequenceLine("plus", CONSEQUENCES.text("opens", count=opened.most, kind=kind))
        else:
            sentence = CONSEQUENCES.text("may_open", fewest=opened.fewest, most=opened.most, kind=kind)
            yield ConsequenceLine("plus", sentence)


def _of_parties(shown: Consequences, names: KnownNames) -> Iterator[ConsequenceLine]:
    known = {case.code: case.definition for case in (shown.case, *shown.moves)}
    for party in dict.fromkeys((known[waiting.code], waiting.party) for waiting in shown.external):
        label = names.definitions[party[0]].external[party[1]]
        yield ConsequenceLine("send", CONSEQUENCES.text("external", party=label))


def _of_asks(shown: Consequences, names: KnownNames) -> Iterator[ConsequenceLine]:
    asks = names.definitions[shown.case.definition].states[shown.case.was].asks
    for after in shown.asks:
        if after.missing:
            code = "no_more_ballots" if asks[after.ask].secret else "no_more_answers"
            people = _listed("and_others", _named(after.missing, names))
            yield ConsequenceLine("stop", CONSEQUENCES.text(code, count=len(after.missing)), people)


def _of_told(shown: Consequences, names: KnownNames) -> Iterator[ConsequenceLine]:
    fewest, most = len(shown.told), len(shown.told) + len(shown.perhaps_told)
    if not most:
        return
    sentence = CONSEQUENCES.text("told", count=most)
    if fewest < most:
        sentence = CONSEQUENCES.text("perhaps_told", fewest=fewest, most=most)
    yield ConsequenceLine("send", sentence, _listed("and_others", _named((*shown.told, *shown.perhaps_told), names)))


def _of_dues(shown: Consequences) -> Iterator[ConsequenceLine]:
    begins: list[datetime] = [due.due_at for due in shown.dues if due.name == "turn" and due.due_at is not None]
    if begins:
        yield ConsequenceLine("clock", CONSEQUENCES.text("due", on=begins[0]))
    elif any(due.name == "turn" for due in shown.dues):
        yield ConsequenceLine("clock", CONSEQUENCES.text("due_stops"))


def _of_lines(ask: Ask, after: AskAfter) -> Iterator[Text]:
    if not after.lines:
        return
    best = ask.result[0][0]
    alone = len(after.lines) == 1
    lost = [line for line in after.lines if best not in line.results]
    unknown = [line for line in after.lines if len(line.results) > 1]
    result = result_of(ask, best)
    if lost and after.missing:
        if alone:
            yield CONSEQUENCES.text("not_enough_alone", result=result)
        else:
            yield CONSEQUENCES.text("not_enough", count=len(lost), result=result)
    if unknown:
        if alone:
            yield CONSEQUENCES.text("known_later_alone")
        else:
            yield CONSEQUENCES.text("known_later", count=len(unknown))
    for needed in sorted({line.needed for line in after.lines if line.needed is not None}):
        yield CONSEQUENCES.text(
            "needed",
            needed=needed,
            answer=ask.answers[0].label,
            members=len(after.members),
            answered=after.answered,
        )
    if lost and after.missing:
        yield CONSEQUENCES.text("more_could")


def _states(case: CaseAfter, names: KnownNames) -> object:
    labels = [names.definitions[case.definition].states[state].label for state in case.states]
    return labels[0] if len(labels) == 1 else labels


def _mark(case: CaseAfter) -> Mark:
    if "bad" in case.outcomes:
        return "stop"
    return "done" if case.settled else "clock"


def _named(people: Iterable[int], names: KnownNames) -> list[str]:
    return [names.people[person] for person in people if person in names.people]


def _listed(code: str, names: list[str]) -> Text | None:
    if not names:
        return None
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    if more <= 0:
        return Text(shown, shown)
    if code == "and_others":
        return CONSEQUENCES.text("and_others", names=shown, count=more)
    return CONSEQUENCES.text("and_other_cases", names=shown, count=more)


def _in_sentence(kind: Text) -> Text:
    """Begin a title or a label as it stands within a sentence."""
    return Text(*(side[:1].lower() + side[1:] for side in kind))
