"""A province as wide as a real one beside the small one: 234 communes in nine districts, all owing a plan."""

from tests.support.site import CODE, MOVEMENT
from tests.support.small_province import NOW, SINCE
from workflow.movements import obligations
from workflow.organisation import GrantForm, grants, units
from workflow.storage.session import Database

DISTRICTS, COMMUNES = 9, 234
WIDE = "rong-" + CODE


def widen(database: Database, *, watcher: int) -> str:
    """Add the units, let somebody watch all of them, and publish a movement in which each owes; its code."""
    rows = [f"W{number},UBND huyện Rộng {number},Rộng {number},district,37" for number in range(DISTRICTS)]
    rows += [
        f"X{number},UBND xã Làng Mới {number},Làng Mới {number},commune,W{number % DISTRICTS}"
        for number in range(COMMUNES)
    ]
    heads = "code,name,short_name,kind,parent,valid_from,valid_to,blocks,owes"
    table = "\n".join([heads, *(f"{row},01/04/1992,,,yes" for row in rows)])
    with database.writing() as tx:
        units.import_file(tx, table.encode(), name="units.csv", person_id=None, now=NOW)
        top = units.find_code(tx, "37").id
        grants.grant(tx, GrantForm(watcher, "plan_reviewer", top, SINCE), person_id=None, now=NOW)
        text = MOVEMENT.replace(CODE, WIDE).encode()
        obligations.import_movement(tx, text, name="movement.yaml", person_id=None, now=NOW)
        list(obligations.publish_movement(tx, WIDE, person_id=None, now=NOW))
    return WIDE
