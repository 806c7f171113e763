"""One state of a definition told: whom it waits for, what is asked, and what may be done there, in a table.

Knows states, asks and actions.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.machine.case import readers
from workflow.machine.deciding import ways_back
from workflow.machine.definition import Alternative, Ask, OpenCase, State, Turn
from workflow.machine.explaining.speech import Speech


@dataclass(frozen=True, slots=True)
class Steps:
    """The states of one definition, one after the other."""

    speech: Speech

    def told(self) -> Iterator[str]:
        """Tell every state in the order of the file."""
        yield from self.speech.heading("steps")
        for state in self.speech.definition.states.values():
            yield f"### {self.speech.of(state.label)}"
            yield ""
            yield " ".join(self.standing(state))
            yield ""
            if state.actions:
                yield from self.speech.table(("action", "who", "when", "requires", "then"), self.action_rows(state))

    def standing(self, state: State) -> Iterator[str]:
        if state.turn:
            yield from self.waiting(state.turn)
        if state.outcome:
            yield self.speech.say(f"end_{state.outcome}")
        yield from self.form(state)
        for ask in state.asks.values():
            yield from self.asked(ask)
        if not state.actions:
            yield self.speech.say("no_actions")

    def waiting(self, turn: Turn) -> Iterator[str]:
        if turn.due:
            yield self.speech.say("waits_due", who=self.speech.who(turn.who), due=self.speech.wording.due(turn.due))
        else:
            yield self.speech.say("waits", who=self.speech.who(turn.who))
        if turn.pick != "claim":
            yield self.picking(turn)
        if turn.escalate_to:
            yield self.speech.say("late", who=self.speech.who(turn.escalate_to))

    def form(self, state: State) -> Iterator[str]:
        for key, rights in (("edits", state.edit), ("sees", state.view)):
            for who, names in rights.items():
                yield self.speech.say(key, who=self.reader(who), fields=self.speech.fields(names))
        if readers(state):
            yield self.speech.say("closed")

    def picking(self, turn: Turn) -> str:
        if turn.pick == "least":
            return self.speech.say("pick_least")
        if turn.pick in self.speech.definition.people:
            return self.speech.say("pick_people", who=self.speech.who(turn.pick))
        if turn.pick in self.speech.definition.fields:
            return self.speech.say("pick_field", field=self.speech.field(turn.pick))
        return self.speech.say("pick_again", action=self.speech.action(turn.pick))

    def reader(self, who: str) -> str:
        return self.speech.say("everybody") if who == "public" else self.speech.who(who)

    def asked(self, ask: Ask) -> Iterator[str]:
        answers = {answer.name: self.speech.of(answer.label) for answer in ask.answers}
        if ask.scored:
            answers = {"": f"{ask.answers[0].name}–{ask.answers[-1].name}"}
        said = " / ".join(f"“{answer}”" for answer in answers.values())
        yield self.speech.say(
            "asks", label=self.speech.of(ask.label), who=self.speech.all_of(ask.parties), answers=said
        )
        if ask.ordered:
            yield self.speech.say("ordered")
        if ask.about:
            yield self.speech.say("asks_about", list=self.speech.list(ask.about))
        if ask.due:
            yield self.speech.say("asks_due", due=self.speech.wording.due(ask.due))
        if ask.silence:
            yield self.speech.say("silence", answer=answers.get(ask.silence, ask.silence))
        if ask.secret:
            yield self.speech.say("secret")
        if ask.paper:
            yield self.speech.say("paper")
        for name, guard in ask.result:
            yield (
                self.speech.say("result", name=self.speech.outcome(ask, name), guard=self.speech.result(guard, ask))
                if guard
                else self.speech.say("result_else", name=self.speech.outcome(ask, name))
            )

    def action_rows(self, state: State) -> Iterator[tuple[str, ...]]:
        for action in state.actions.values():
            for position, way in enumerate(action.alternatives):
                label = self.speech.of(action.label) if position == 0 else ""
                yield (
                    label,
                    self.taker(state, way),
                    self.conditions(way),
                    self.handed_in(way),
                    self.follows(state, way),
                )

    def taker(self, state: State, way: Alternative) -> str:
        return (
            self.speech.who(way.by)
            if state.turn is None or way.by != state.turn.who
            else self.speech.say("turns", who=self.speech.who(way.by))
        )

    def conditions(self, way: Alternative) -> str:
        said = [self.speech.guard(way.when)] if way.when else []
        said += [self.speech.say("warns", guard=self.speech.guard(way.warn))] if way.warn else []
        return "; ".join(said) or self.speech.say("always")

    def handed_in(self, way: Alternative) -> str:
        return self.speech.fields(way.requires) if way.requires else self.speech.say("always")

    def follows(self, state: State, way: Alternative) -> str:
        return "; ".join(self.consequences(state, way))

    def consequences(self, state: State, way: Alternative) -> Iterator[str]:
        if way.to == "back":
            names = ways_back(self.speech.definition)[state.name]
            yield self.speech.say("back", states=", ".join(f"“{self.speech.state(name)}”" for name in names))
        elif way.to:
            yield self.speech.say("to", state=self.speech.state(way.to))
        for name, value in way.sets:
            yield self.speech.say("sets", field=self.speech.field(name), value=self.speech.value(value, field=name))
        yield from self.linked(state, way)
        if way.open:
            kind, at = self.speech.opened(way.open)
            yield self.speech.say("opens", kind=kind, state=at, copy=self.copied(way.open))
        yield from self.places(way)
        if way.notify:
            yield self.speech.say("notifies", who=", ".join(map(self.speech.who, way.notify)))
        if way.to is None and not way.open:
            yield self.speech.say("stays")

    def linked(self, state: State, way: Alternative) -> Iterator[str]:
        for name in way.fill:
            yield self.speech.say("fills", list=self.speech.list(name))
        judged = {(verdict.link, verdict.action) for verdict in way.verdicts}
        for verdict in way.verdicts:
            ask = state.asks[verdict.ask]
            yield self.speech.say(
                "verdict",
                link=self.speech.list(verdict.link),
                ask=self.speech.of(ask.label),
                result=self.speech.outcome(ask, verdict.result),
                action=self.speech.action_of_kin(verdict.link, verdict.action),
            )
        for link, action in way.each:
            if (link, action) not in judged:
                named = self.speech.action_of_kin(link, action)
                yield self.speech.say("moves", link=self.speech.list(link), action=named)

    def places(self, way: Alternative) -> Iterator[str]:
        for name in way.reserve:
            rule = self.speech.definition.reserves[name]
            keys = ", ".join(map(self.counted, rule.by))
            most = self.speech.figure(rule.most) if isinstance(rule.most, str) else rule.most
            yield self.speech.say("reserves", name=self.speech.reserve(name), most=most, by=keys)
        for name in way.release:
            yield self.speech.say("releases", name=self.speech.reserve(name))

    def counted(self, key: str) -> str:
        """Say what places are counted by."""
        return self.speech.say(f"by_{key}") if key in ("unit", "movement") else self.speech.field(key)

    def copied(self, opens: OpenCase) -> str:
        if isinstance(opens.copy, str):
            return self.speech.say(f"copy_{opens.copy}")
        return self.speech.say("copy_some", fields=self.speech.fields(tuple(map(opens.source, opens.copy))))
