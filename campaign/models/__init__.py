"""The tables, one file per noun; low in the house, for nearly every stage touches the same dozen."""

from campaign.models.account import (
    Account,
    AccountRole,
    AccountSession,
    RecoveryCode,
    Role,
    SecondFactor,
    SignInFailure,
)
from campaign.models.approval import (
    Notice,
    NoticeKind,
    Remark,
    RemarkState,
    StandingApproval,
    Submission,
    SubmissionState,
    Waiver,
)
from campaign.models.audience import Audience, AudienceMember, MemberPart
from campaign.models.audit import AuditEntry
from campaign.models.base import Base
from campaign.models.check import AudienceCheck, CheckState
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
    WORKING,
    BirthCalendar,
    Contact,
    ContactFact,
    ContactImport,
    ContactKind,
    ContactTag,
    CustomField,
    ImportKind,
    ImportRefusal,
    ImportState,
    ImportTouch,
    Order,
    OrderTouch,
)
from campaign.models.digest import SegmentDigest
from campaign.models.dkim import DkimAlgorithm, DkimKey, DkimState
from campaign.models.engagement_figures import EngagementFigures
from campaign.models.erasure import ErasedKey, ErasedKind, Erasure, ErasureSecret
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
from campaign.models.house import HouseSetting
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
from campaign.models.message import (
    FIRST_ARM,
    LayoutVersion,
    Message,
    MessageEdit,
    MessageKind,
    MessageVariant,
    OfferType,
    variant_key,
)
from campaign.models.opt_in import ConsentForm, ConsentFormVersion, OptIn, OptInOrigin, OptInState
from campaign.models.order_statistics import OrderStatistics
from campaign.models.preference import MailRhythm, Rhythm
from campaign.models.proposal import ProposalAnswer, ProposalBatch
from campaign.models.relationship import ContactNote, LeavingReason, RelationshipLevel
from campaign.models.running import DomainCheck, Heartbeat, SystemId
from campaign.models.segment import Segment
from campaign.models.segment_exam import SegmentExam
from campaign.models.sender import Sender
from campaign.models.sending import AutomaticPause, PauseCause, SendingDay
from campaign.models.suppressed_domain import SuppressedDomain
from campaign.models.trial import DecidedBy, Trial, TrialState

__all__ = [
    "FIRST_ARM",
    "WORKING",
    "Account",
    "AccountRole",
    "AccountSession",
    "Audience",
    "AudienceCheck",
    "AudienceMember",
    "AuditEntry",
    "AutomaticPause",
    "Base",
    "BirthCalendar",
    "Campaign",
    "CampaignState",
    "Channel",
    "CheckState",
    "Consent",
    "ConsentAction",
    "ConsentForm",
    "ConsentFormVersion",
    "ConsentPurpose",
    "Contact",
    "ContactFact",
    "ContactImport",
    "ContactKind",
    "ContactNote",
    "ContactTag",
    "CustomField",
    "DecidedBy",
    "Delivery",
    "DeliveryState",
    "DkimAlgorithm",
    "DkimKey",
    "DkimState",
    "DomainCheck",
    "EngagementFigures",
    "ErasedKey",
    "ErasedKind",
    "Erasure",
    "ErasureSecret",
    "Event",
    "EventKind",
    "Greeting",
    "Heartbeat",
    "Hold",
    "HoldReason",
    "HouseSetting",
    "ImportKind",
    "ImportRefusal",
    "ImportState",
    "ImportTouch",
    "InboundMail",
    "InboundState",
    "LayoutVersion",
    "LeavingReason",
    "Link",
    "MailRhythm",
    "Mailing",
    "MailingState",
    "MemberPart",
    "Message",
    "MessageEdit",
    "MessageKind",
    "MessageVariant",
    "Notice",
    "NoticeKind",
    "OfferType",
    "OptIn",
    "OptInOrigin",
    "OptInState",
    "Order",
    "OrderStatistics",
    "OrderTouch",
    "PauseCause",
    "PrintRun",
    "PrintRunState",
    "ProposalAnswer",
    "ProposalBatch",
    "RecoveryCode",
    "RelationshipLevel",
    "Remark",
    "RemarkState",
    "Reply",
    "ReplyState",
    "Rhythm",
    "Role",
    "SecondFactor",
    "Segment",
    "SegmentDigest",
    "SegmentExam",
    "Sender",
    "SendingDay",
    "SignInFailure",
    "StandingApproval",
    "Submission",
    "SubmissionState",
    "SuppressedDomain",
    "Suppression",
    "SuppressionReason",
    "SystemId",
    "Trial",
    "TrialState",
    "Waiver",
    "variant_key",
]
