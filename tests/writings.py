"""Two people and two homes, as files write them: which is which is said here and not asked of the product."""

from __future__ import annotations

from typing import Any

LAN, HOA = "lan", "hoa"
NAMES = {
    "Nguyễn Thị Lan": LAN, "NGUYEN THI LAN": LAN, "Chị Nguyễn Thị Lan": LAN, "nguyễn thị  lan": LAN,
    "Trần Hoa": HOA, "TRAN HOA": HOA, "Anh Trần Hoa": HOA,
}  # fmt: skip
A, B = "a", "b"
Home = tuple[str, str, str, str]
"""Street, ward, province, postal code."""
NOWHERE: Home = ("", "", "", "")
HOMES: dict[Home, str] = {
    ("12 Lê Lợi", "Phường Bến Nghé", "TP. Hồ Chí Minh", ""): A,
    ("12 le loi", "P. Bến Nghé", "TP.HCM", "70000"): A,
    ("Số 12 đường Lê Lợi", "ben nghe", "Sài Gòn", ""): A,
    ("7 Hàng Bè", "Phường Hoàn Kiếm", "Hà Nội", ""): B,
    ("so 7 hang be", "p hoan kiem", "HN", "11017"): B,
}
At = tuple[str, str]
"""Who at which home."""


def at(contact: Any) -> At | None:
    """Who lives where, of anything with a contact's columns; None without a home of ours, or half at each."""
    who = {label for writing, label in NAMES.items() if writing.split() == contact.full_name.split()}
    home = {
        "".join({label for parts, label in HOMES.items() if parts[place] == written})
        for place, written in enumerate((contact.street, contact.ward, contact.province))
    }
    return (who.pop(), home.pop()) if who and len(home) == 1 and "" not in home else None
