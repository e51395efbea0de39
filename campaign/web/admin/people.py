"""People: who may sign in, and as what."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts import passwords, people, second_factor
from campaign.errors import InvalidInput, Refused
from campaign.models import Account, Role
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t

admins_only = roles(Role.ADMIN)


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    add = blueprint.add_url_rule
    add("/people", "people", index, methods=["GET"])
    add("/people/new", "new_person", new, methods=["GET"])
    add("/people", "add_person", create, methods=["POST"])
    add("/people/<int:account_id>", "person", edit, methods=["GET"])
    add("/people/<int:account_id>", "change_person", change, methods=["POST"])
    add("/people/<int:account_id>/password", "reset_password", reset_password, methods=["POST"])
    add("/people/<int:account_id>/deactivate", "ask_deactivate", ask_deactivate, methods=["GET"])
    add("/people/<int:account_id>/deactivate", "deactivate_person", deactivate, methods=["POST"])
    add("/people/second-factor", "require_second_factor", require_second_factor, methods=["POST"])
    add("/people/<int:account_id>/second-factor", "remove_second_factor", remove_factor, methods=["POST"])
    add("/people/<int:account_id>/activate", "activate_person", activate, methods=["POST"])


@admins_only
def index() -> ResponseReturnValue:
    everybody = people.everybody(unit.db())
    active = [account for account in everybody if account.active]
    return render_template(
        "admin/people.html",
        people=everybody,
        # nobody signs what they wrote: it takes a reviewer and somebody else
        code_needed=second_factor.required(unit.db()),
        without=[
            account.name
            for account in active
            if Role.REVIEWER in account.roles and not second_factor.enrolled(unit.db(), account)
        ],
        two_can_work=len(active) > 1 and any(Role.REVIEWER in account.roles for account in active),
    )


@admins_only
def new() -> ResponseReturnValue:
    return _form(None)


@admins_only
def create() -> ResponseReturnValue:
    try:
        account = people.create(
            unit.db(),
            unit.account(),
            email=request.form.get("email", ""),
            name=request.form.get("name", ""),
            password=request.form.get("password", ""),
            roles=_asked_roles(),
            now=unit.now(),
            language=request.form.get("language", "vi"),
        )
    except InvalidInput as error:
        return _form(None, error)
    flash(t("admin-person-added", name=account.name), "done")
    return redirect(url_for("admin.people"), code=303)


@admins_only
def edit(account_id: int) -> ResponseReturnValue:
    return _form(people.get(unit.db(), account_id))


@admins_only
def change(account_id: int) -> ResponseReturnValue:
    """Name, address and roles in one form."""
    account = people.get(unit.db(), account_id)
    db, actor, now = unit.db(), unit.account(), unit.now()
    try:
        # roles first: what refuses them names the person as they are
        people.set_roles(db, actor, account, _asked_roles(), now)
        people.change(
            db,
            actor,
            account,
            email=request.form.get("email", ""),
            name=request.form.get("name", ""),
            now=now,
        )
    except InvalidInput as error:
        db.rollback()
        return _form(people.get(db, account_id), error)
    flash(t("common-saved"), "done")
    return redirect(url_for("admin.people"), code=303)


@admins_only
def reset_password(account_id: int) -> ResponseReturnValue:
    account = people.get(unit.db(), account_id)
    try:
        people.set_password(unit.db(), unit.account(), account, request.form.get("password", ""), unit.now())
    except InvalidInput as error:
        return _form(account, error)
    flash(t("admin-person-password-set", name=account.name), "done")
    return redirect(url_for("admin.people"), code=303)


@admins_only
def ask_deactivate(account_id: int) -> ResponseReturnValue:
    return render_template("admin/deactivate_person.html", person=people.get(unit.db(), account_id))


@admins_only
def deactivate(account_id: int) -> ResponseReturnValue:
    account = people.get(unit.db(), account_id)
    people.deactivate(unit.db(), unit.account(), account, unit.now())
    flash(t("admin-person-deactivated", name=account.name), "done")
    return redirect(url_for("admin.people"), code=303)


@admins_only
def activate(account_id: int) -> ResponseReturnValue:
    account = people.get(unit.db(), account_id)
    people.activate(unit.db(), unit.account(), account, unit.now())
    flash(t("admin-person-activated", name=account.name), "done")
    return redirect(url_for("admin.people"), code=303)


@admins_only
def require_second_factor() -> ResponseReturnValue:
    """The house's setting."""
    second_factor.require(unit.db(), unit.account(), request.form.get("required") == "1", unit.now())
    flash(t("common-saved"), "done")
    return redirect(url_for("admin.people"), code=303)


@admins_only
def remove_factor(account_id: int) -> ResponseReturnValue:
    """For a telephone that is lost. Nobody removes their own: a stolen session would do that first."""
    account = people.get(unit.db(), account_id)
    if account.id == unit.account().id:
        raise Refused("admin-factor-own")
    second_factor.remove(unit.db(), unit.account(), account, unit.now())
    flash(t("admin-factor-removed", name=account.name), "done")
    return redirect(url_for("admin.person", account_id=account.id), code=303)


def _asked_roles() -> list[Role]:
    known = {role.value for role in Role}
    return [Role(value) for value in request.form.getlist("roles") if value in known]


def _form(account: Account | None, error: InvalidInput | None = None) -> ResponseReturnValue:
    """The form, empty, filled from the row, or as it was sent with the error beside its field."""
    values: dict[str, object] = {
        "email": account.email if account else "",
        "name": account.name if account else "",
        "roles": sorted(account.roles) if account else [],
        "language": account.language if account else "vi",
    }
    if error is not None and "name" in request.form:
        values |= {key: request.form.get(key, "") for key in ("email", "name", "language")}
        values["roles"] = _asked_roles()
    page = render_template(
        "admin/person.html",
        person=account,
        has_factor=account is not None and second_factor.enrolled(unit.db(), account),
        values=values,
        errors={error.field: t(error.key, **error.values)} if error else {},
        least=passwords.MIN_LENGTH,
    )
    return page, 422 if error else 200
