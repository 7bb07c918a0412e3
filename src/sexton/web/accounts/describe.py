"""The roles as a page of the documentation, made from the policy itself.

``python -m sexton.web.accounts.describe`` writes docs/reference/roles.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sexton.web.accounts import policy

TARGET = Path(__file__).resolve().parents[4] / "docs" / "reference" / "roles.md"
HEAD = """# Roles, and what each may do

Made from `sexton.web.accounts.policy` by `python -m sexton.web.accounts.describe`; a test keeps it
true. How to give roles: [for stewards](../how-to/steward.md). Where they are checked:
[security](../explanation/security.md).

Everybody is a reader, signed in or not. An account may hold several roles; what one of them allows
is allowed. A role holds from when it is given until it is taken away, or until its last day.
"""
ROLE_TEXTS = {
    policy.READER: "Anybody.",
    policy.CONTRIBUTOR: "Somebody who sends in papers and photographs.",
    policy.RESEARCHER: "Somebody who works on fates and was entrusted with what is private.",
    policy.REVIEWER: "A researcher who decides between claims, and who is one man with whom.",
    policy.CARETAKER: "Who looks after certain sites, and keeps what the register says of them.",
    policy.EDITOR: "Who keeps the register, or the part of it that belongs to a site.",
    policy.ADMINISTRATOR: "Who makes accounts and gives roles; may do everything.",
}


def text() -> str:
    """The page, as Markdown."""
    from sexton.web.register.history import kind_of, versioned

    parts = [HEAD, *_roles(), *_table(), *_actions(), "## What an action reaches to", ""]
    parts += [
        "A role for a site reaches to rows of that site alone: the site itself, its names, graves, "
        "counts, markers,\nmemorials, inscriptions, images, and the events, claims and statements "
        "about it. What belongs to no site (a\nperson, a source) is for roles that are held "
        "everywhere. A row that is moved must be allowed where it was and\nwhere it goes.",
        "",
        "| action | changes rows of |",
        "|---|---|",
    ]
    kinds = {kind_of(model): model.__name__ for model in versioned()}
    for action in ("keep_site", "edit", "judge", "give_roles"):
        named = sorted(name for kind, name in kinds.items() if policy.action_on(kind) == action)
        parts.append(f"| `{action}` | {', '.join(named)} |")
    added = sorted(kinds[kind] for kind in policy.CONTRIBUTED)
    parts.append(f"| `contribute` | {', '.join(added)}: private ones, added by oneself |")
    nobody = sorted(kinds[kind] for kind in policy.NOBODYS)
    parts.append(f"| nobody | {', '.join(nobody)}: verbatim, or made by `judge` and the engine |")
    return "\n".join([*parts, ""])


def _roles() -> Iterator[str]:
    yield from ("## Roles", "", "| role | who that is | for a site |", "|---|---|---|")
    for role in policy.ROLES:
        needed = "always" if role in policy.SITE_NEEDED else "never"
        site = "may be" if role in policy.SITE_ALLOWED - policy.SITE_NEEDED else needed
        yield f"| `{role}` | {ROLE_TEXTS[role]} | {site} |"
    yield ""


def _table() -> Iterator[str]:
    yield from ("## Who may do what", "", f"| action | {' | '.join(policy.ROLES)} |")
    yield "|---" * (len(policy.ROLES) + 1) + "|"
    for action in policy.ACTIONS:
        marks = ("yes" if action in policy.TABLE[role] else "" for role in policy.ROLES)
        yield f"| `{action}` | {' | '.join(marks)} |"
    yield ""


def _actions() -> Iterator[str]:
    yield from ("| action | to |", "|---|---|")
    for action, what in policy.ACTIONS.items():
        yield f"| `{action}` | {what} |"
    yield ""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sexton.web.settings")
    import django

    django.setup()
    TARGET.write_text(text(), encoding="utf-8")
