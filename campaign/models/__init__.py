"""The tables, one file per noun; low in the house, for nearly every stage touches the same dozen."""

from campaign.models.account import Account, AccountRole, AccountSession, Role, SignInFailure
from campaign.models.approval import StandingApproval, Submission, SubmissionState
from campaign.models.audience import Audience, AudienceMember
from campaign.models.audit import AuditEntry
from campaign.models.base import Base
from campaign.models.consent import (
    Channel,
    Consent,
    ConsentAction,
    ConsentPurpose,
    Hold,
    HoldReason,
    Suppression,
    SuppressionReason,
)
from campaign.models.contact import (
    BirthCalendar,
    Contact,
    ContactFact,
    ContactImport,
    ContactKind,
    ContactTag,
    CustomField,
    ImportKind,
    ImportState,
    Order,
)
from campaign.models.event import (
    Event,
    EventKind,
    InboundMail,
    InboundState,
    Link,
    Reply,
    ReplyState,
)
from campaign.models.greeting import Greeting
from campaign.models.mailing import (
    Campaign,
    CampaignState,
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    PrintRun,
    PrintRunState,
)
from campaign.models.message import LayoutVersion, Message, MessageEdit, MessageKind, MessageVariant
from campaign.models.segment import Segment
from campaign.models.sender import Sender

__all__ = [
    "Account",
    "AccountRole",
    "AccountSession",
    "Audience",
    "AudienceMember",
    "AuditEntry",
    "Base",
    "BirthCalendar",
    "Campaign",
    "CampaignState",
    "Channel",
    "Consent",
    "ConsentAction",
    "ConsentPurpose",
    "Contact",
    "ContactFact",
    "ContactImport",
    "ContactKind",
    "ContactTag",
    "CustomField",
    "Delivery",
    "DeliveryState",
    "Event",
    "EventKind",
    "Greeting",
    "Hold",
    "HoldReason",
    "ImportKind",
    "ImportState",
    "InboundMail",
    "InboundState",
    "LayoutVersion",
    "Link",
    "Mailing",
    "MailingState",
    "Message",
    "MessageEdit",
    "MessageKind",
    "MessageVariant",
    "Order",
    "PrintRun",
    "PrintRunState",
    "Reply",
    "ReplyState",
    "Role",
    "Segment",
    "Sender",
    "SignInFailure",
    "StandingApproval",
    "Submission",
    "SubmissionState",
    "Suppression",
    "SuppressionReason",
]
