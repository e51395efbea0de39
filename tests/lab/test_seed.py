"""The demo's company goes in through the front door, once."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from campaign import audit, config
from campaign.db import Database
from campaign.lab import demo
from campaign.lab.people import habit_of
from campaign.models import (
    Campaign,
    CampaignState,
    Channel,
    Contact,
    Delivery,
    DeliveryState,
    Message,
    MessageKind,
    OfferType,
    Reply,
    StandingApproval,
    Submission,
)


def test_a_company_with_one_campaign_on_its_way_and_one_draft(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    url = database.url.render_as_string(hide_password=False)
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "DATABASE_URL": url})

    assert demo.fill(settings, now)
    assert not demo.fill(settings, now), "the second start goes on with what is there"

    with database.read() as db:
        states = set(db.scalars(select(Campaign.state)))
        assert states == {CampaignState.RUNNING, CampaignState.IN_REVIEW, CampaignState.DRAFT}
        rows = db.execute(
            select(Delivery.channel, Delivery.state, func.count()).group_by(Delivery.channel, Delivery.state)
        ).all()
        assert {(channel, state) for channel, state, _ in rows} == {
            (Channel.EMAIL, DeliveryState.QUEUED),
            (Channel.LETTER, DeliveryState.ACCEPTED),
        }
        assert db.scalar(select(func.count(Contact.id))) > 150
        assert db.scalar(select(func.count(Reply.id))) >= 3
        assert db.scalar(select(func.count(StandingApproval.id))) == 1
        assert audit.verify(db) is None
        assert not any(db.scalars(select(Submission.findings)))
        selling = select(Message.offer_type).where(Message.kind == MessageKind.MARKETING)
        assert set(db.scalars(selling)) == {OfferType.GOODS}
        mails = select(Delivery.address, Contact.language).join(Contact, Contact.id == Delivery.contact_id)
        habits = [
            (habit_of(address), language)
            for address, language in db.execute(mails.where(Delivery.channel == Channel.EMAIL))
        ]
    assert {language for habit, language in habits if habit.replies} == {"vi", "en"}
    for trait in ("bounces", "opens", "clicks", "unsubscribes", "scanned"):
        assert any(getattr(habit, trait) for habit, _ in habits), f"nobody in the demo {trait}"


def test_forgetting_leaves_strangers_files_alone(tmp_path: Path) -> None:
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)})
    (tmp_path / "campaign.db").write_text("ours")
    (tmp_path / "mailbox").mkdir()
    (tmp_path / "notes.txt").write_text("somebody's")
    demo.forget(settings)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
