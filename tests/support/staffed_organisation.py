"""A commune under a district under a province, who sits at their desks, and what is said of definitions there."""

from tests.support.small_definition import shipped
from workflow.machine.checking import Organisation, StaffedUnit, check_units
from workflow.machine.loading.loader import load
from workflow.values import Desk

UNIT, ABOVE, PROVINCE, BLOCK = 1, 2, 3, 4
PLAN = load(shipped("unit_plan"), path="unit_plan")
AWARD = load(shipped("award_nomination"), path="award_nomination")
PEOPLE = {1: "Hoa", 2: "Tâm", 3: "Lan", 4: "Minh", 5: "Quang"}
FULL = {
    Desk("unit_clerk", UNIT): (1,),
    Desk("unit_head", UNIT): (2,),
    Desk("plan_officer", ABOVE): (3,),
    Desk("plan_reviewer", ABOVE): (4,),
    Desk("chair", PROVINCE): (5,),
    Desk("award_officer", ABOVE): (3, 6),
    Desk("award_reviewer", ABOVE): (4, 7),
    Desk("award_decider", PROVINCE): (5, 8),
}
COUNTED = "{passed: yes * 100 >= 80 * members, failed: else}"
COUNCIL = Desk("council_member", PROVINCE)


def organisation(changes=None, substitutes=None):
    units = (
        StaffedUnit(UNIT, "Xã Gia Hưng", (ABOVE, PROVINCE), BLOCK, owes=True),
        StaffedUnit(ABOVE, "Huyện Gia Viễn", (PROVINCE,)),
        StaffedUnit(PROVINCE, "Tỉnh Ninh Bình"),
    )
    return Organisation(units, {**FULL, **(changes or {})}, substitutes or {}, PEOPLE)


def staffing_findings(definition, where):
    findings = check_units(definition, where)
    return {
        (finding.code, finding.severity, str(finding.facts["state"]))
        for finding in findings
        if "state" in finding.facts
    }


def council_problems(text, changes):
    """What is said of results, with the number of those who are asked."""
    findings = check_units(load(text, path="vote"), organisation(changes))
    of_results = [finding for finding in findings if "result" in finding.facts]
    return {(finding.code, finding.facts["result"], finding.facts["members"]) for finding in of_results}
