"""The people of the demonstration, one per role. Their password is no secret: it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.models import Role

PASSWORD = "thu-di-tin-lai"  # noqa: S105 (shown on the sign-in page of the demonstration)


@dataclass(frozen=True)
class DemoLogin:
    """Who one may be in the demonstration."""

    email: str
    name: str
    roles: tuple[Role, ...]
    password: str = PASSWORD


LOGINS = (
    DemoLogin("mai@example.com", "Nguyễn Thị Mai", (Role.MARKETER,)),
    DemoLogin("hung@example.com", "Trần Văn Hùng", (Role.CARE,)),
    DemoLogin("ha@example.com", "Lê Thu Hà", (Role.REVIEWER,)),
    DemoLogin("an@example.com", "Phạm Quốc Ân", (Role.ADMIN,)),
)
