"""What `campaign bench pages` asks for beside the links that a page shows: every address of the application,
filled with numbers of the house, and the forms that count, download, mend and schedule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any
from urllib.parse import quote, urlencode

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from werkzeug.routing import MapAdapter

from campaign.lab.bench_pages_data import Made
from campaign.lab.bench_pages_visit import Browser
from campaign.models import (
    Account,
    Campaign,
    Channel,
    ConsentPurpose,
    Contact,
    Delivery,
    DeliveryState,
    Mailing,
    Message,
    PrintRun,
    Reply,
    Segment,
    Sender,
    Submission,
)
from campaign.segments import EVERYBODY
from campaign.segments import rule as rules
from campaign.segments.rule import And, Attribute, Birthday, Measure, Not, Op, Or, Orders, Reachable

# of each noun
NUMBERS = 8
# addresses of one page, beside those that links lead to
OF_A_PAGE = 10
WORDS = ("nguyen", "Trần Thị Hương", "khach77@example.com", "M0000", "4567", "a", "qwertz")


@dataclass(frozen=True)
class Places:
    """Values for the arguments of addresses, by the name of the argument; and what is large."""

    values: dict[str, list[Any]]
    campaigns: dict[str, int]
    messages: dict[str, int]
    sender_id: int

    @classmethod
    def of(cls, db: Session, made: Made) -> Places:
        """The large ones first."""
        large = list(made.campaigns.values())
        messages = {name: db.get_one(Campaign, id_).message_id for name, id_ in made.campaigns.items()}
        sender_id = db.get_one(Message, messages["going"]).sender_id
        going = select(Mailing.id).where(Mailing.campaign_id == made.campaigns["going"])
        mine = Delivery.mailing_id.in_(going)
        values: dict[str, list[Any]] = {
            "campaign_id": [*large, *_ids(db, select(Campaign.id).where(Campaign.id.not_in(large)))],
            "message_id": [*messages.values(), *_ids(db, select(Message.id).order_by(Message.id.desc()))],
            "submission_id": _ids(db, select(Submission.id).order_by(Submission.id.desc())),
            "segment_id": _ids(db, select(Segment.id).order_by(Segment.id.desc())),
            "sender_id": _ids(db, select(Sender.id)),
            "account_id": _ids(db, select(Account.id)),
            "contact_id": [
                *_ids(db, select(Contact.id).order_by(Contact.id), 3),
                *_ids(db, select(Contact.id).order_by(Contact.id.desc()), 3),
            ],
            "delivery_id": [
                id_
                for condition in (
                    mine & (Delivery.state == DeliveryState.ACCEPTED),
                    mine & (Delivery.state == DeliveryState.QUEUED),
                    mine & (Delivery.state == DeliveryState.UNKNOWN),
                    Delivery.channel == Channel.LETTER,
                )
                for id_ in _ids(db, select(Delivery.id).where(condition).order_by(Delivery.id), 2)
            ],
            "run_id": _ids(db, select(PrintRun.id)),
            "reply_id": _ids(db, select(Reply.id).order_by(Reply.id.desc())),
            "number": [1],
            "form": ["pdf", "json"],
            "import_id": [1],
            "form_id": [1],
            "spoken": ["vi"],
        }
        return cls(values, made.campaigns, messages, sender_id)


def _ids(db: Session, wanted: Select[int], at_most: int = NUMBERS) -> list[int]:
    return list(db.scalars(wanted.limit(at_most)))


def addresses(routes: MapAdapter, places: Places) -> Iterator[str]:
    """Every page that takes no argument or one that we have values for; lists by their questions."""
    for rule in routes.map.iter_rules():
        names = sorted(rule.arguments)
        if "GET" not in (rule.methods or ()) or any(name not in places.values for name in names):
            continue
        every = product(*(places.values[name] for name in names))
        for values in islice(every, OF_A_PAGE):
            yield routes.build(rule.endpoint, dict(zip(names, values, strict=True)))
    for word in WORDS:
        yield "/contacts?" + urlencode({"q": word})
        yield f"/deliveries/campaigns/{places.campaigns['going']}?" + urlencode({"q": word})
    yield f"/deliveries/campaigns/{places.campaigns['going']}?page=19999"
    yield f"/campaigns/{places.campaigns['going']}/send?count=1"
    yield "/replies?page=2"
    for segment_id in places.values["segment_id"]:
        yield f"/campaigns/{places.campaigns['signed']}/whom?segment={segment_id}"
    for rule_json in _rules(places):
        yield "/segments/new?rule=" + quote(rule_json)


def _rules(places: Places) -> Iterator[str]:
    """From everybody to what touches each large table."""
    bought = Orders(measure=Measure.COUNT, op=Op.AT_LEAST, value=1)
    asked = (
        EVERYBODY,
        And((Attribute("province", Op.IS, ("Hà Nội",)), Not(bought))),
        Or((bought, Birthday(14))),
        Reachable(Channel.EMAIL, ConsentPurpose.MARKETING, places.sender_id),
        Orders(measure=Measure.SUM, op=Op.AT_LEAST, value=500_000, days=365),
    )
    for rule in asked:
        yield json.dumps(rules.to_json(rule), ensure_ascii=False)


def forms(browser: Browser, places: Places) -> None:
    """What is sent and not only opened; a page that the person may not see has no form for them."""
    going, signed = places.campaigns["going"], places.campaigns["signed"]
    for rule in _rules(places):
        browser.post("/segments/begin", {"rule": rule, "name": "Thử"}, at="/segments/new")
    browser.post("/segments/draft", {"r-group": "1", "r-children": "0", "do": ""}, at="/segments/new")
    for segment_id in places.values["segment_id"][:2]:
        at = f"/segments/{segment_id}/exam"
        browser.post(f"{at}/again", {}, at=at)
    reason = {"reason": "Kiểm tra"}
    for at in (
        f"/reports/campaigns/{going}/deliveries.csv",
        f"/reports/campaigns/{going}/summary.csv",
        f"/contacts/{places.values['contact_id'][0]}/export",
        f"/deliveries/{places.values['delivery_id'][0]}/message.eml",
    ):
        browser.post(at, reason, at=at)
    for message_id in places.messages.values():
        at = f"/messages/{message_id}/write"
        browser.post(f"/messages/{message_id}/lint", browser.form(at), at=at)
    at = f"/campaigns/{signed}/send"
    hour = {"day": "2099-12-31", "time": "09:00", "zone": "Asia/Ho_Chi_Minh", "whose": "each"}
    browser.post(f"/campaigns/{signed}/schedule", hour, at=at)
    browser.post(f"/campaigns/{signed}/unschedule", {}, at=at)
    at = f"/campaigns/{going}/send"
    browser.post(f"/campaigns/{going}/pause", {}, at=at)
    browser.post(f"/campaigns/{going}/resume", {}, at=at)
    at = f"/review/{places.values['submission_id'][0]}"
    browser.post(f"{at}/remark", {"text": "Xem lại câu này.", "block_id": "hook"}, at=at)
    browser.post("/audit/verify", {}, at="/audit")
    _campaign(browser, places)


def _campaign(browser: Browser, places: Places) -> None:
    """A new campaign to everybody, until its people are to be read in the background."""
    form = {"name": "Thử mới", "kind": "marketing", "channels": "email", "sender": str(places.sender_id)}
    browser.post("/campaigns/new", form, at="/campaigns/new")
    browser.post("/messages/1/sign-off", {"note": ""}, at="/messages/1/sign-off")
