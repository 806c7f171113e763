"""What an act does to the remarks of its case: drafts that go out with it, defects that it opens, settles or drops.

Defects are inputs of the act, so they stand in its entry of history; drafts only tell where each of them belongs.
Pure, and no reason to refuse an act.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workflow.machine.definition import Definition
from workflow.machine.remarks.anchors import named_place, value_at
from workflow.machine.remarks.remark import DEFECTS, PLACE, WHAT, Remark
from workflow.values import Case, Json, Plan


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be written: remarks that are new, and those that changed."""

    added: tuple[Remark, ...] = ()
    changed: tuple[Remark, ...] = ()


def settle(definition: Definition, before: Case, plan: Plan, remarks: Sequence[Remark], *, person: int) -> Settled:
    """Say what an act of a person does to the remarks of its case, drafts of others included."""
    version, moved = plan.case.version, plan.case.state != before.state
    own = [remark for remark in remarks if remark.state == "draft" and remark.author == person]
    changed = [_opened(remark, version) for remark in own if remark.kind == "comment"]
    drafts = [remark for remark in own if remark.kind == "defect"]
    added: list[Remark] = []
    for row in _rows(plan.inputs.get(DEFECTS)):
        draft = next((draft for draft in drafts if draft.text == row[WHAT]), None)
        if draft is None:
            added.append(_from_row(definition, before, row, version=version, person=person))
        else:
            drafts.remove(draft)
            changed.append(_opened(draft, version))
    if moved:
        changed += [_closed(draft, "dropped", version, person) for draft in drafts]
        asked_again = {remark.answer_to for remark in changed if remark.kind == "defect" and remark.state == "open"}
        changed += _defects_after(plan.case, remarks, asked_again, person=person)
    return Settled(tuple(added), tuple(changed))


def unsettle(remarks: Sequence[Remark], *, version: int) -> Settled:
    """Say what becomes of remarks when the act of a version is taken back: what went out with it is a draft again."""
    fixes = {remark.answer_to: remark for remark in remarks if remark.kind == "fix" and remark.state == "open"}
    changed: list[Remark] = []
    for remark in remarks:
        if remark.settled_at_version == version and remark.was is not None:
            fix = fixes.get(remark.id) if remark.was == "fixed" else None
            by, at = (fix.author, fix.revision) if fix else (None, None)
            changed.append(replace(remark, state=remark.was, was=None, settled_by=by, settled_at_version=at))
        elif remark.state == "open" and remark.revision == version and (remark.was or remark.kind == "defect"):
            changed.append(replace(remark, state="draft", was=None, revision=version - 1))
    return Settled(changed=tuple(changed))


def open_defects(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return the defects that nobody has corrected, not even in a draft."""
    all_remarks = tuple(remarks)
    answered = {remark.answer_to for remark in all_remarks if remark.kind == "fix"}
    return tuple(
        remark
        for remark in all_remarks
        if remark.kind == "defect" and remark.state == "open" and remark.id not in answered
    )


def _defects_after(
    after: Case, remarks: Sequence[Remark], asked_again: set[int | None], *, person: int
) -> list[Remark]:
    """Settle the defects of earlier acts: corrected where a fix says so; nothing stays open where the case ended."""
    fixes = {remark.answer_to: remark for remark in remarks if remark.kind == "fix" and remark.state == "draft"}
    changed = [_opened(fix, after.version) for fix in fixes.values()]
    for defect in remarks:
        if defect.kind != "defect" or defect.state not in ("open", "fixed"):
            continue
        if defect.id in asked_again:
            changed.append(_closed(defect, "dropped", after.version, person))
        elif after.outcome is not None:
            accepted = defect.state == "fixed"
            changed.append(_closed(defect, "accepted" if accepted else "dropped", after.version, person))
        elif defect.id in fixes:
            changed.append(_closed(defect, "fixed", after.version, fixes[defect.id].author))
    return changed


def _opened(draft: Remark, version: int) -> Remark:
    return replace(draft, state="open", revision=version, was=draft.state)


def _closed(remark: Remark, state: str, version: int, person: int) -> Remark:
    closed = replace(remark, settled_by=person, settled_at_version=version, was=remark.state)
    return replace(closed, state=state)  # type: ignore[arg-type]  # a state


def _from_row(definition: Definition, before: Case, row: dict[str, str], *, version: int, person: int) -> Remark:
    anchor = named_place(definition, row.get(PLACE, ""))
    # What was named is kept where it is no field: a chapter, a paper that is not among the files.
    quote = value_at(anchor, before.fields) if anchor.field else row.get(PLACE)
    return Remark(0, "defect", "open", person, row[WHAT], anchor, quote, version)


def _rows(value: Json) -> list[dict[str, str]]:
    """Return the rows of a table of defects that say what to correct."""
    rows = value if isinstance(value, list) else []
    texts = (
        {name: cell for name, cell in row.items() if isinstance(cell, str)} for row in rows if isinstance(row, dict)
    )
    return [row for row in texts if row.get(WHAT)]
