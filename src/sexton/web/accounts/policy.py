"""Who may do what: one table of roles and actions, and one question to it.

Pure: it knows no request and no database. ``rights`` puts the question for a signed-in user and a
row of the register. docs/reference/roles.md is made from the tables of this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

READER, CONTRIBUTOR, RESEARCHER, REVIEWER = "reader", "contributor", "researcher", "reviewer"
CARETAKER, EDITOR, ADMINISTRATOR = "caretaker", "editor", "administrator"
ROLES = (READER, CONTRIBUTOR, RESEARCHER, REVIEWER, CARETAKER, EDITOR, ADMINISTRATOR)
GIVEN = ROLES[1:]  # everybody is a reader: nobody is made one
# For which roles an assignment names a site: it must, or it may; for the others it must not.
SITE_NEEDED = frozenset({CARETAKER})
SITE_ALLOWED = frozenset({CONTRIBUTOR, REVIEWER, CARETAKER, EDITOR})

ACTIONS: dict[str, str] = {
    "read": "see the public pages and search",
    "enter_desk": "see the stewards' desk, and there what is public of the register",
    "contribute": "add documents and images, which stay private, and change what one added oneself",
    "read_private": "see what is private: relations that name the living, papers and images that "
    "are not (yet) to be shown",
    "search_archives": "search the archives that lie beside the register, and see their records",
    "read_letters": "see what readers write in, without who they are, and say what becomes of it",
    "read_contacts": "see how readers who wrote can be reached, and delete what they wrote",
    "keep_site": "add, change and take out what is of a site: its facts, names, graves, counts, "
    "markers, memorials, inscriptions, images",
    "judge": "say of claims which is preferred, disputed or disproven, and of two records whether "
    "they are one man",
    "work_cases": "see the cases of the workbench; open them, add clues, searches and letters, let "
    "the engine look for candidates, contest a decision",
    "assess": "judge whether the man of a case and a candidate are one",
    "decide_cases": "take a step on the ladder of identification or back, keep a decision from the "
    "public, let it be known",
    "set_rules": "let the workbench weigh by another version of the rules of evidence",
    "edit": "add, change and take out all else of the register",
    "undo": "take a change back, whoever made it",
    "give_roles": "make and close accounts, give roles and take them away",
}
_DESK = frozenset({"read", "enter_desk"})
TABLE: dict[str, frozenset[str]] = {
    READER: frozenset({"read"}),
    CONTRIBUTOR: _DESK | {"contribute"},
    RESEARCHER: _DESK | {"contribute", "read_private", "search_archives", "work_cases", "assess"},
    REVIEWER: _DESK
    | {
        "contribute",
        "read_private",
        "search_archives",
        "read_letters",
        "judge",
        "work_cases",
        "assess",
        "decide_cases",
    },
    CARETAKER: _DESK | {"contribute", "read_private", "read_letters", "keep_site"},
    EDITOR: _DESK
    | {
        "contribute",
        "read_private",
        "search_archives",
        "read_letters",
        "read_contacts",
        "keep_site",
        "judge",
        "work_cases",
        "assess",
        "decide_cases",
        "set_rules",
        "edit",
        "undo",
    },
    ADMINISTRATOR: frozenset(ACTIONS),
}
# What a role may do however few sites it was given for: there is no row to ask about.
_WITHOUT_ROW = frozenset({"read", "enter_desk"})

# Which action changes a row of which kind (``history.kind_of``).
OF_A_SITE = frozenset(
    {"site", "sitename", "grave", "gravecount", "marker", "marking", "memorial", "inscription",
     "image", "region"}
)  # fmt: skip
CONTRIBUTED = frozenset({"document", "image"})
# What is written in the course of a case, by its own rules.
OF_A_CASE = frozenset(
    {"case", "judgement", "clue", "negativesearch", "letter", "decision", "plateproof"}
)
# What puts cases together; it is written in the workbench alone.
OF_A_GROUP = frozenset({"group", "groupbody", "groupname"})
# Verbatim, memory, or what the engine concludes: nobody changes these by hand.
NOBODYS = frozenset(
    {*OF_A_CASE, *OF_A_GROUP, "savedfilter", "record", "sheet", "sheetrow", "membership",
     "recordlink", "rulesversion"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody holds today: everywhere, or for the site with this id."""

    role: str
    site: int | None = None


PUBLIC = (Grant(READER),)


def allowed(grants: Iterable[Grant], action: str, sites: frozenset[int] | None = None) -> bool:
    """Whether grants allow an action.

    ``sites`` are those that the row in question belongs to (empty: it belongs to none, so only a
    grant for everywhere will do); None asks whether the action is allowed anywhere at all.
    Raises KeyError for an action that the table does not know.
    """
    ACTIONS[action]
    fitting = [grant for grant in grants if action in TABLE[grant.role]]
    if sites is None or action in _WITHOUT_ROW or any(grant.site is None for grant in fitting):
        return bool(fitting)
    return bool(sites) and sites <= {grant.site for grant in fitting}


def sites_for(grants: Iterable[Grant], action: str) -> frozenset[int] | None:
    """The sites for which an action is allowed; None where it is allowed everywhere."""
    fitting = [grant for grant in grants if action in TABLE[grant.role]]
    if any(grant.site is None for grant in fitting):
        return None
    return frozenset(grant.site for grant in fitting if grant.site is not None)


def action_on(kind: str) -> str | None:
    """The action that adds, changes or takes out a row of a kind; None where nobody does."""
    if kind in NOBODYS:
        return None
    if kind == "roleassignment":
        return "give_roles"
    if kind == "verdict":
        return "judge"
    return "keep_site" if kind in OF_A_SITE else "edit"
