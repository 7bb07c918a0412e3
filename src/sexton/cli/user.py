"""``sexton user``: accounts of the site and their roles."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from sexton.cli.common import NOTHING_FOUND, fail
from sexton.cli.register_import import who

if TYPE_CHECKING:
    from sexton.web.accounts.models import RoleAssignment, User
    from sexton.web.register.models import Site

ROLES = ("contributor", "researcher", "reviewer", "caretaker", "editor", "administrator")
DAY = click.DateTime(["%Y-%m-%d"])
role_argument = click.argument("role", type=click.Choice(ROLES))
name_argument = click.argument("username", metavar="NAME")
site_option = click.option("--site", metavar="KEY", help="For this site alone (its key).")
until_option = click.option("--until", type=DAY, help="The last day on which the role holds.")
reason_option = click.option("--reason", help="Why; it stays in the register's history.")
url_option = click.option(
    "--url",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Where the site is reached; the link begins with it.",
)


@click.group()
def user() -> None:
    """Accounts of the site, and the roles that they hold.

    Nobody needs an account to read. A role is held everywhere or for one site, for good or until a
    day; who gave it, when and why is in the register's history.

    \b
    Example: sexton user add ann --role administrator
             sexton user give bob caretaker --site genk --until 2027-12-31
    """


@user.command("add")
@name_argument
@click.option("--name", "shown", default="", help="The person's own name, if it is to be shown.")
@click.option("--role", type=click.Choice(ROLES), help="A first role.")
@site_option
@until_option
@reason_option
@click.option("--prompt", is_flag=True, help="Ask for a password here instead of making a link.")
@url_option
def add(
    username: str,
    shown: str,
    role: str | None,
    site: str | None,
    until: datetime | None,
    reason: str | None,
    prompt: bool,
    url: str,
) -> None:
    """Make an account. Prints a link with which its owner chooses a password, once, within a day.

    \b
    Example: sexton user add ann --name "Ann Peeters" --role editor
    """
    _prepare()
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from sexton.web.accounts.models import User

    password = _ask_password(username) if prompt else None
    try:
        with transaction.atomic():
            made = User.objects.create_user(username, shown, password)
            if role:
                _give(made, role, site, until, reason)
    except ValidationError as error:
        fail(f"{username}: {' '.join(error.messages)} Nothing was made.")
    click.echo(f"{made.username}: made{_with(role, site)}.")
    if not prompt:
        _print_link(made, url)


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the accounts as JSON.")
def list_(as_json: bool) -> None:
    """List all accounts with their roles. Leaves with 1 where there are none.

    \b
    Example: sexton user list
    """
    _prepare()
    from sexton.web.accounts.models import User

    accounts = [_as_dict(account) for account in User.objects.prefetch_related("roles__site")]
    if as_json:
        click.echo(json.dumps(accounts, ensure_ascii=False, indent=2))
    for account in () if as_json else accounts:
        held = "; ".join(_told(role) for role in account["roles"]) or "reader"
        closed = "" if account["open"] else " (closed)"
        click.echo(
            f"{account['username']}{closed}  {account['name']}  {held}".replace("    ", "  ")
        )
    if not accounts:
        click.echo("There is no account yet. Make one with sexton user add.", err=True)
        raise SystemExit(NOTHING_FOUND)


@user.command("give")
@name_argument
@role_argument
@site_option
@until_option
@reason_option
def give(
    username: str, role: str, site: str | None, until: datetime | None, reason: str | None
) -> None:
    """Give an account a role, or change until when it holds one.

    \b
    Example: sexton user give bob caretaker --site genk --reason "asked by the commune"
    """
    _prepare()
    from django.core.exceptions import ValidationError

    account = _account(username)
    try:
        _give(account, role, site, until, reason)
    except ValidationError as error:
        fail(f"{role}: {' '.join(error.messages)}")
    click.echo(f"{account.username}: {role}{_at(site)}.")


@user.command("take")
@name_argument
@role_argument
@site_option
@reason_option
def take(username: str, role: str, site: str | None, reason: str | None) -> None:
    """Take a role away. That it was held stays in the history.

    \b
    Example: sexton user take bob caretaker --site genk
    """
    _prepare()
    from sexton.web.accounts import roles

    account = _account(username)
    held = account.roles.filter(role=role, site=_site(site)).first()
    if held is None:
        fail(f"{account.username} is not {role}{_at(site)}. sexton user list shows who is what.")
    try:
        roles.take(held, by=who(), reason=reason or f"{role} taken from {account.username}")
    except roles.LastAdministrator as refused:
        fail(str(refused))
    click.echo(f"{account.username}: no longer {role}{_at(site)}.")


@user.command("link")
@name_argument
@url_option
def link(username: str, url: str) -> None:
    """Print a link with which the owner of an account chooses a new password, once, within a day.

    \b
    Example: sexton user link ann --url https://graves.example.org
    """
    _prepare()
    account = _account(username)
    if not account.is_active:
        fail(f"{account.username} is closed. Open it first: sexton user open {account.username}")
    _print_link(account, url)


@user.command("close")
@name_argument
@reason_option
def close(username: str, reason: str | None) -> None:
    """Close an account: its roles are taken away and nobody signs in with it.

    \b
    Example: sexton user close bob --reason "left the association"
    """
    _prepare()
    from sexton.web.accounts import roles

    account = _account(username)
    try:
        roles.close(account, by=who(), reason=reason or f"account {account.username} closed")
    except roles.LastAdministrator as refused:
        fail(str(refused))
    click.echo(f"{account.username}: closed.")


@user.command("open")
@name_argument
def open_(username: str) -> None:
    """Open a closed account again; its roles must be given anew.

    \b
    Example: sexton user open bob
    """
    _prepare()
    from sexton.web.accounts import roles

    account = _account(username)
    roles.reopen(account)
    click.echo(f"{account.username}: open, a reader until a role is given.")


def _prepare() -> None:
    from sexton.web.setup import prepare

    prepare()


def _account(username: str) -> User:
    from sexton.web.accounts.models import User

    try:
        return User.objects.get_by_natural_key(username)
    except User.DoesNotExist:
        fail(f"There is no account {username}. sexton user list shows all.")


def _site(key: str | None) -> Site | None:
    from sexton.web.register.models import Site

    if key is None:
        return None
    found = Site.objects.filter(key=key).first()
    if found is None:
        fail(f"There is no site {key}. Its key is the last part of its page's address.")
    return found


def _give(
    account: User, role: str, site: str | None, until: datetime | None, reason: str | None
) -> None:
    from sexton.web.accounts import roles

    why = reason or f"{role} given to {account.username}"
    last_day: date | None = until.date() if until else None
    roles.give(account, role, by=who(), reason=why, site=_site(site), until=last_day)


def _ask_password(username: str) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from sexton.web.accounts.models import User

    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        fail(" ".join(error.messages))
    return password


def _print_link(account: User, url: str) -> None:
    from sexton.web.accounts.links import password_link

    click.echo("To choose a password, once and within a day:")
    click.echo(f"{url.rstrip('/')}{password_link(account)}")


def _as_dict(account: User) -> dict[str, Any]:
    return {
        "username": account.username,
        "name": account.name,
        "open": account.is_active,
        "roles": [_role_dict(given) for given in account.roles.all()],
    }


def _role_dict(given: RoleAssignment) -> dict[str, Any]:
    return {
        "role": given.role,
        "site": given.site.key if given.site else None,
        "until": given.until.isoformat() if given.until else None,
        "holds": given.holds,
    }


def _told(role: dict[str, Any]) -> str:
    until = f" until {role['until']}" if role["until"] else ""
    return f"{role['role']}{_at(role['site'])}{until}" + ("" if role["holds"] else " (over)")


def _at(site: str | None) -> str:
    return f" of {site}" if site else ""


def _with(role: str | None, site: str | None) -> str:
    return f", {role}{_at(site)}" if role else ""
