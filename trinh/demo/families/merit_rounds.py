"""The two rounds of provincial certificates of merit that are played: who is nominated, by which letter, with what end.

Data only, read by `merit`: letters of units, what districts consolidate, sessions of the council, decisions. The round
of spring 2017 is over; that of autumn stands in the midst of everything on the morning of 13 November.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from trinh.demo.days import Window
from trinh.demo.moves import Journey
from trinh.demo.phrases import NomineeKind


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a nominee whose letter is in: what is done and by when, in which session and which decision."""

    road: Journey = ()
    by: date | None = None
    session: str = ""
    decision: str = ""
    is_struck: bool = False
    passes: bool = True
    stays_in_district: bool = False
    is_ready: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """One nominee of a letter; `account` is the user name of one who has an account."""

    kind: NomineeKind
    fate: str = ""
    award: str = "bang_khen"
    account: str = ""


@dataclass(frozen=True, slots=True)
class Submittal:
    """What one unit hands in: how far it has come, and on which day."""

    unit: str
    journey: Journey
    within: Window
    nominees: Sequence[Named]


@dataclass(frozen=True, slots=True)
class NomineeBatch:
    """What a district consolidates of its communes' letters."""

    district: str
    journey: Journey
    within: Window
    communes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class CouncilMeeting:
    """A session of the council, or a vote in writing."""

    name: str
    journey: Journey
    within: Window
    mode: str
    day: date


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision over nominees that the council passed."""

    name: str
    journey: Journey
    within: Window


@dataclass(frozen=True, slots=True)
class Round:
    """Everything of one round; `proposals` are the board's own nominees."""

    name: str
    opens: date
    fates: Mapping[str, Fate]
    letters: Sequence[Submittal]
    proposals: Sequence[Named]
    gatherings: Sequence[NomineeBatch]
    sessions: Sequence[CouncilMeeting]
    decisions: Sequence[Decision]


# What is done to letters: see MOVES of `merit_letters`.
KEPT: Final = ("nominate",)
BEGUN: Final = ("nominate", "begin")
COMPILED: Final = ("nominate", "compile")
SIGNED: Final = (*COMPILED, "sign")
RECEIVED: Final = (*SIGNED, "receive")
RETURNED: Final = (*SIGNED, "return")
CORRECTED: Final = (*RETURNED, "correct", "sign", "receive")
REWRITTEN: Final = (*COMPILED, "rewrite", "compile", "sign", "receive")
TAKEN_BACK: Final = (*SIGNED, "withdraw")

# What districts do: see MOVES of `merit_letters`.
GATHERED: Final = ("gather",)
SUBMITTED: Final = ("gather", "submit")
SENT: Final = (*SUBMITTED, "sign")
DROPPED: Final = ("gather", "discard")

# What the province does about a nominee: see MOVES of `merit_nominees`.
FIT: Final = ("propose", "accept")
CONSULTED: Final = ("consult", "hear", "conclude", "propose")

# What council and chairman do: see MOVES of `merit_council`.
AGENDA: Final = ("prepare",)
HELD: Final = ("prepare", "convene", "count", "close")
VOTING: Final = ("prepare", "convene", *("vote",) * 9)
DRAFT: Final = ("draft",)
CHECKING: Final = ("draft", "submit")
SIGNING: Final = ("draft", "submit", "check")
ISSUED: Final = (*SIGNING, "strike", "sign")
REFUSED: Final = (*SIGNING, "refuse")
CANCELLED: Final = ("draft", "cancel")


def _person(fate: str = "") -> Named:
    return Named("person", fate)


def _fighter(fate: str) -> Named:
    return Named("person", fate, award="cstd_tinh")


def _collective(fate: str = "") -> Named:
    return Named("collective", fate)


def _household(fate: str) -> Named:
    return Named("household", fate)


def _days(first: tuple[int, int], last: tuple[int, int]) -> Window:
    """Days of 2017 as (day, month)."""
    return Window(date(2017, first[1], first[0]), date(2017, last[1], last[0]))


_PROPOSED: Final = _days((13, 2), (20, 2))

SPRING: Final = Round(
    name="spring",
    opens=date(2017, 2, 13),
    fates={
        "awarded": Fate(FIT, date(2017, 3, 10), "spring", "spring"),
        "consulted": Fate((*CONSULTED, "accept"), date(2017, 3, 13), "spring", "spring"),
        "struck": Fate(FIT, date(2017, 3, 9), "spring", "spring", is_struck=True),
        "fighter": Fate(FIT, date(2017, 3, 8), "spring", "fighter"),
        "not passed": Fate(FIT, date(2017, 3, 10), "spring", passes=False),
        "not eligible": Fate(("propose", "recheck", "propose", "reject"), date(2017, 3, 7)),
        "given up": Fate(("give up",), date(2017, 3, 20)),
        "dropped": Fate(("drop",), date(2017, 2, 22), stays_in_district=True),
        "": Fate(),
    },
    letters=(
        Submittal("SVHTT", RECEIVED, _PROPOSED, (_person("awarded"), _collective("consulted"), _fighter("not passed"))),
        Submittal("SNNPTNT", CORRECTED, _days((13, 2), (24, 2)), (_person("awarded"), _collective("not eligible"))),
        Submittal("HLHPN", REWRITTEN, _PROPOSED, (_collective("awarded"), _person("struck"))),
        Submittal("UBMTTQ", RECEIVED, _PROPOSED, (_fighter("fighter"),)),
        Submittal("HKH", RETURNED, _PROPOSED, (_person("given up"),)),
        Submittal("14404", RECEIVED, _PROPOSED, (_household("awarded"), _person("dropped"))),
        Submittal("14449", RECEIVED, _PROPOSED, (_collective("awarded"),)),
        Submittal("14686", RECEIVED, _PROPOSED, (_person("awarded"),)),
    ),
    proposals=(),
    gatherings=(
        NomineeBatch("372", SENT, _days((22, 2), (27, 2)), ("14404", "14449")),
        NomineeBatch("376", DROPPED, _days((21, 2), (21, 2))),
        NomineeBatch("376", SENT, _days((22, 2), (27, 2)), ("14686",)),
    ),
    sessions=(CouncilMeeting("spring", HELD, _days((15, 3), (30, 3)), "meeting", date(2017, 3, 30)),),
    decisions=(
        Decision("mistaken", CANCELLED, _days((30, 3), (30, 3))),
        Decision("spring", ISSUED, _days((31, 3), (31, 3))),
        Decision("fighter", REFUSED, _days((31, 3), (4, 4))),
    ),
)  # fmt: skip
"""On the 25th anniversary of the province, 1 April 2017."""

_FIRST: Final = _days((17, 10), (20, 10))
_LATER: Final = _days((23, 10), (31, 10))
_LAST: Final = _days((6, 11), (10, 11))

AUTUMN: Final = Round(
    name="autumn",
    opens=date(2017, 10, 17),
    fates={
        "persons": Fate(FIT, date(2017, 10, 25), "9 November", "persons"),
        "collectives": Fate(FIT, date(2017, 10, 25), "9 November", "collectives"),
        "drafted": Fate(FIT, date(2017, 10, 24), "9 November", "drafted"),
        "passed": Fate(FIT, date(2017, 10, 24), "9 November"),
        "not passed": Fate(FIT, date(2017, 10, 25), "9 November", passes=False),
        "voting": Fate(FIT, date(2017, 10, 30), "14 November"),
        "consulted, voting": Fate((*CONSULTED, "accept"), date(2017, 10, 30), "14 November"),
        "listed": Fate(FIT, date(2017, 11, 8), "30 November"),
        "ready": Fate(FIT, date(2017, 11, 9)),
        "review": Fate(("propose",), date(2017, 11, 10)),
        "consulted, review": Fate(CONSULTED, date(2017, 11, 10)),
        "consulting": Fate(("consult",), date(2017, 11, 9)),
        "consulting the tax office": Fate(("consult the tax office",), date(2017, 11, 8)),
        "answered": Fate(("consult", "hear"), date(2017, 11, 9)),
        "suspended": Fate(("suspend",), date(2017, 11, 7)),
        "not eligible": Fate(("propose", "reject"), date(2017, 11, 6)),
        "withdrawn": Fate(("withdraw",), date(2017, 10, 27)),
        "proposal": Fate(("suggest",), date(2017, 11, 8)),
        "proposed": Fate(("suggest", "put forward", "accept"), date(2017, 11, 8), "30 November"),
        "gathered": Fate(),
        "given up": Fate(("give up",), date(2017, 11, 6)),
        "draft": Fate(is_ready=False),
        "": Fate(),
    },
    letters=(
        Submittal("SLDTBXH", RECEIVED, _FIRST, (
            _person("persons"), _collective("collectives"), _fighter("not passed"), _person("review"),
        )),
        Submittal("UBMTTQ", RECEIVED, _FIRST, (
            _person("persons"), _collective("collectives"), _person("drafted"),
            Named("person", "voting", account="hlhpn.head"),
        )),
        Submittal("SYT", RECEIVED, _FIRST, (_person("persons"), _collective("voting"), _person("suspended"))),
        Submittal("HLHPN", RECEIVED, _FIRST, (_person("voting"), _collective("drafted"), _person("passed"))),
        Submittal("SGDDT", CORRECTED, _days((17, 10), (26, 10)), (_person("consulted, review"), _person("withdrawn"))),
        Submittal("DN09", RECEIVED, _LATER, (_collective("consulting the tax office"), _person("consulting"))),
        Submittal("SNNPTNT", REWRITTEN, _LATER, (
            _person("answered"), _collective("listed"), _person("not eligible"), _person(),
        )),
        Submittal("BHXH", RECEIVED, _LATER, (_person("ready"), _collective())),
        Submittal("STC", SIGNED, _LAST, (_person(), _collective())),
        Submittal("SXD", SIGNED, _LAST, (_person(),)),
        Submittal("HND", RETURNED, _LAST, (_person(), _collective())),
        Submittal("TDTN", COMPILED, _LAST, (_person(), _person())),
        Submittal("SLDTBXH", BEGUN, _LAST, (_collective(), _person())),
        Submittal("HCTD", KEPT, _LAST, (_person("draft"), _collective())),
        Submittal("NHCSXH", TAKEN_BACK, _LATER, (_person("given up"),)),
        Submittal("14404", RECEIVED, _FIRST, (_household("consulted, voting"), _person("voting"))),
        Submittal("14437", RECEIVED, _FIRST, (_fighter("voting"),)),
        Submittal("14449", RECEIVED, _LATER, (_collective(), _person())),
        Submittal("14458", RECEIVED, _days((31, 10), (7, 11)), (_person("gathered"), _household("gathered"))),
        Submittal("14407", SIGNED, _LAST, (_person(),)),
        Submittal("14404", COMPILED, _LAST, (_collective(),)),
        Submittal("14581", RECEIVED, _days((31, 10), (7, 11)), (_person("gathered"), _collective("gathered"))),
    ),
    proposals=(_collective("proposal"), _person("proposed")),
    gatherings=(
        NomineeBatch("372", SENT, _days((23, 10), (25, 10)), ("14404", "14437")),
        NomineeBatch("372", SUBMITTED, _days((8, 11), (9, 11)), ("14449",)),
        NomineeBatch("372", GATHERED, _days((9, 11), (10, 11)), ("14458",)),
        NomineeBatch("375", GATHERED, _days((9, 11), (10, 11)), ("14581",)),
    ),
    sessions=(
        CouncilMeeting("9 November", HELD, _days((26, 10), (9, 11)), "meeting", date(2017, 11, 9)),
        CouncilMeeting("14 November", VOTING, _days((1, 11), (10, 11)), "written", date(2017, 11, 14)),
        CouncilMeeting("30 November", AGENDA, _days((9, 11), (10, 11)), "meeting", date(2017, 11, 30)),
    ),
    decisions=(
        Decision("persons", SIGNING, _days((10, 11), (10, 11))),
        Decision("collectives", CHECKING, _days((10, 11), (10, 11))),
        Decision("drafted", DRAFT, _days((10, 11), (10, 11))),
    ),
)  # fmt: skip
"""For the month of the poor, 17 October to 18 November 2017."""
