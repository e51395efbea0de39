"""Lint before sign-off: the renderings of a whole frozen audience, and what they have in common in words.

Every rendering is linted whole; `renderings` makes them, and what they share is read once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy.orm import Session

from campaign.compose.document import Part
from campaign.lint import house, readings, renderings
from campaign.lint.copy import language_of
from campaign.lint.gathering import Example, Gathered, Gathering
from campaign.lint.law import AudienceFacts
from campaign.lint.origin import Origins
from campaign.lint.renderings import Rendering
from campaign.models import Audience, AudienceMember, Channel
from campaign.render.content import MessageContent, Variant
from campaign.render.dates import today_in
from lint_rules import engine
from lint_rules.config import Config
from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.finding import Finding
from lint_rules.rule import Severity, Words

RENDERING = "rendering"
HTML = "html"

SOME = Words(
    vi="{message} ({count}/{total} người nhận, ví dụ {name})",
    en="{message} ({count} of {total} recipients, for example {name})",
    zh="{message}（{count}/{total} 位收件人，例如{name}）",
)
CANNOT = Words(
    vi="Thư không điền được: {error}",
    en="The message cannot be filled: {error}",
    zh="信件无法填写：{error}",
)


@dataclass(frozen=True)
class AudienceFinding(Finding):
    """A finding on renderings: for how many of them, and one of the recipients.

    Without a channel it is about e-mails and letters; `letters` says how many of the renderings are letters.
    """

    channel: str = ""
    variant_id: int = 0
    recipients: int = 0
    contact_id: int = 0
    letters: int = 0


def lint_audience(
    db: Session, content: MessageContent, audience: Audience, config: Config | None = None
) -> list[AudienceFinding]:
    """Findings over all renderings, equal ones gathered, the heaviest first; nothing is sampled."""
    gathering = Gathering()
    read_on(db, content, audience, gathering, config=config)
    return findings_of(content, gathering)


def read_on(
    db: Session,
    content: MessageContent,
    audience: Audience,
    gathering: Gathering,
    config: Config | None = None,
    enough: Callable[[], bool] = lambda: False,
) -> bool:
    """Read renderings into `gathering`, from where it is until there is `enough`; True when all are read."""
    config = house.config(db) if config is None else config
    today = today_in(content.sender.country, audience.frozen_at)
    common = Context(today=today, offer_type=content.offer_type)
    facts = {channel: AudienceFacts(db, content, audience, channel, common) for channel in Channel}
    for arm, channel, variant, rows in readings.of_audience(db, content, audience, gathering.at):
        some = _Some(rows, arm, enough)
        people = ((row[0], facts[channel].context(row[1])) for row in some.rows())
        render = renderings.emails if channel is Channel.EMAIL else renderings.letters
        gathered = gathering.groups.setdefault((arm, channel.value, variant.id), Gathered())
        _gather(render(content, variant, people, common), variant, config, gathered)
        # only now is every row that was read rendered as well: letters are typeset many at a time
        gathering.at = some.at
        if some.stopped:
            return False
    return True


def findings_of(content: MessageContent, gathering: Gathering) -> list[AudienceFinding]:
    """What was gathered, in words."""
    batches = [
        _in_words(gathered, content.variant(variant_id), Channel(channel))
        for (_, channel, variant_id), gathered in gathering.groups.items()
    ]
    return sorted(_said_once(batches), key=lambda finding: finding.severity.rank)


class _Some:
    """Rows until there is enough, and the place of the last one."""

    def __init__(
        self,
        rows: Iterator[tuple[AudienceMember, str]],
        arm: str,
        enough: Callable[[], bool],
    ) -> None:
        self._rows = rows
        self._arm = arm
        self._enough = enough
        self.at: readings.Place | None = None
        self.stopped = False

    def rows(self) -> Iterator[tuple[AudienceMember, str]]:
        member: AudienceMember | None = None
        for number, row in enumerate(self._rows, 1):
            member = row[0]
            yield row
            if number % readings.CHUNK == 0 and self._enough():
                self.stopped = True
                break
        if member is not None:
            self.at = readings.Place(self._arm, member.channel.value, member.variant_id, member.id)


def _said_once(batches: list[list[AudienceFinding]]) -> list[AudienceFinding]:
    """What is said of the same words of an e-mail and of a letter, or of the sample of a test and of the
    rest, is one finding; its place is that of the e-mail."""
    made: dict[tuple[object, ...], AudienceFinding] = {}
    for batch in batches:
        nth: Counter[tuple[object, ...]] = Counter()
        for one in batch:
            said = " ".join(one.message.split())  # a line breaks elsewhere on paper
            words = (one.rule, one.severity, one.part, one.fingerprint, one.variant_id, said)
            key = (*words, nth[words])
            nth[words] += 1
            made[key] = _both(made[key], one) if key in made else one
    return list(made.values())


def _both(one: AudienceFinding, other: AudienceFinding) -> AudienceFinding:
    place = other if other.channel == Channel.EMAIL != one.channel else one
    return replace(
        place,
        channel=one.channel if one.channel == other.channel else "",
        recipients=one.recipients + other.recipients,
        letters=one.letters + other.letters,
    )


def _gather(
    renderings: Iterator[Rendering], variant: Variant, config: Config | None, gathered: Gathered
) -> None:
    origins = Origins(variant.document)
    lang = language_of(variant.language)
    for rendering in renderings:
        found = _findings(rendering, lang, config)
        gathered.add((_led_back(one, rendering, origins) for one in found), rendering.member)
        if rendering.page is not None and gathered.pages is None:
            example = Example.of(rendering.member)
            gathered.pages = [(one, example) for one in _of_page(rendering.page, config)]


def _in_words(gathered: Gathered, variant: Variant, channel: Channel) -> list[AudienceFinding]:
    """What the page says as well as the text is said once."""
    said = {finding.rule for finding, _ in gathered.firsts.values()}
    total = gathered.total
    told = partial(_told, total=total, variant=variant, channel=channel)
    return [
        *(told(one, example, gathered.counts[key]) for key, (one, example) in gathered.firsts.items()),
        *(told(one, example, total) for one, example in gathered.pages or () if one.rule not in said),
    ]


def _of_page(page: Draft, config: Config | None) -> list[Finding]:
    """What only the HTML part shows: its images, its links, what it hides."""
    return [replace(one, fix=None) for one in engine.check(page, config) if one.part == HTML]


def _findings(rendering: Rendering, lang: str, config: Config | None) -> list[Finding]:
    if rendering.draft is not None:
        return engine.check(rendering.draft, config)
    message = CANNOT.in_(lang).format(error=rendering.error)
    return [Finding(RENDERING, Severity.ERROR, Part.SUBJECT.value, 1, 1, 1, 1, message)]


def _led_back(finding: Finding, rendering: Rendering, origins: Origins) -> Finding:
    if rendering.draft is None:
        return finding
    return origins.lead_back(finding, rendering.draft, rendering.member.values)


def _told(
    finding: Finding, example: Example, count: int, *, total: int, variant: Variant, channel: Channel
) -> AudienceFinding:
    message, lang = finding.message, language_of(variant.language)
    if count < total:
        message = SOME.in_(lang).format(message=message, count=count, total=total, name=example.name)
    plain = {key: value for key, value in vars(finding).items() if key != "message"}
    return AudienceFinding(
        **plain,
        message=message,
        channel=channel.value,
        variant_id=variant.id,
        recipients=count,
        contact_id=example.contact_id,
        letters=count if channel is Channel.LETTER else 0,
    )
