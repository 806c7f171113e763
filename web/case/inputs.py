"""The inputs of a case's form: which fields stand in it, which action asks for which, what stands in each.

Arranges what the engine offers; decides nothing and asks nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from web.forms import parts_of
from workflow.cases import NOTHING_PREPARED, PreparedForm
from workflow.documents import value_of
from workflow.machine.case import field_of
from workflow.machine.deciding import Offer
from workflow.machine.definition import Definition, Field
from workflow.values import ANSWER, COUNT, Case, Json


@dataclass(frozen=True)
class CaseInputs:
    """What somebody may fill in and press. After a refusal also what was `typed`, and the action `tried`."""

    case: Case
    definition: Definition
    offers: tuple[Offer, ...]
    prepared: PreparedForm = NOTHING_PREPARED
    typed: Mapping[str, Json] = field(default_factory=dict)
    tried: str | None = None

    @cached_property
    def open(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.offers if offer.refusal is None)

    @cached_property
    def editable(self) -> tuple[Field, ...]:
        """The fields of the form itself, in the definition's order."""
        names = {name for offer in self.acts for name in offer.edits}
        return tuple(input_field for name, input_field in self.definition.fields.items() if name in names)

    @property
    def acts(self) -> tuple[Offer, ...]:
        """What can be done, except for answering an ask and counting its papers."""
        return tuple(offer for offer in self.open if not offer.action.startswith((ANSWER, COUNT)))

    @property
    def may(self) -> tuple[Offer, ...]:
        """What can be done although the case does not wait for it."""
        return tuple(offer for offer in self.acts if not offer.asked)

    @property
    def asked(self) -> tuple[Offer, ...]:
        """What the case waits for."""
        return tuple(offer for offer in self.acts if offer.asked)

    @property
    def foremost(self) -> Offer | None:
        """The one action whose inputs stand in the page itself, because the case waits for nothing else."""
        return self.asked[0] if len(self.asked) == 1 else None

    @property
    def asking(self) -> tuple[Offer, ...]:
        """Actions with which something must be handed in that the form itself does not have."""
        return tuple(offer for offer in self.acts if self.given_with(offer))

    def given_with(self, offer: Offer) -> tuple[Field, ...]:
        """The fields handed in with an action, beyond the form."""
        names = [name for name in offer.requires if name not in offer.edits]
        return tuple(input_field for name in names if (input_field := field_of(self.definition, name)) is not None)

    def offer(self, action: str) -> Offer | None:
        """The offer of an action that is open to the visitor."""
        return next((offer for offer in self.open if offer.action == action), None)

    @cached_property
    def values(self) -> Mapping[str, Json]:
        """What stands in the inputs: the case, over it the draft, over it what was just typed."""
        pending = self.pending_values
        # A draft saved before a file was sent does not know of it, and must not hide it.
        files = {name: {**parts_of(pending.get(name)), **file} for name, file in self._documents_sent()}
        return {**self.case.fields, **pending, **files}

    def _documents_sent(self) -> list[tuple[str, dict[str, Json]]]:
        return [(name, parts_of(file)) for name, file in self._sent_files.items()]

    @property
    def pending_values(self) -> Mapping[str, Json]:
        """What the case does not have yet: the draft, over it what was just typed."""
        prepares = any(offer.edits or offer.lists for offer in self.acts)
        draft = self.prepared.draft
        drafted = draft.fields if draft and prepares else {}
        return {**drafted, **self.typed}

    def given_values(self, offer: Offer) -> Mapping[str, Json]:
        """What stands in the inputs of an action: files sent before, and after a refusal what was typed."""
        typed = self.typed if self.tried == offer.action else {}
        return {**self._sent_files, **typed}

    @cached_property
    def _sent_files(self) -> Mapping[str, Json]:
        """Files that were sent for a field and that no act has taken into the case yet."""
        latest = {document.field: document.versions[-1] for document in self.prepared.documents}
        held = {name: parts_of(self.case.fields.get(name)).get("token") for name in latest}
        return {name: value_of(version) for name, version in latest.items() if version.token != held[name]}
