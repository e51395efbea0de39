"""A person at a place as one key, in whatever writing: what a no to letters, an erasure and a duplicate are
compared by.

`Chị Nguyễn Thị Lan, Số 12 đường Lê Lợi, P. Bến Nghé, TP.HCM 70000` and `NGUYEN THI LAN, 12 Lê Lợi, Phường
Bến Nghé, Hồ Chí Minh` are one. The letter key of `addresses` is finer: it tells two brothers apart who differ
by a mark, and names the row of a delivery. This one is a function of that one, so that an old letter key
still finds its place.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from campaign.contacts import provinces
from campaign.contacts.names import clean, search_key
from campaign.contacts.titles import SURNAMES, Sex, read

# `AudienceMember.address_key` and `Suppression.address_key`
KEY_LIMIT = 400
LETTER_PARTS = 6  # of a letter key: name, street, ward, province, postal code, country
PLACE_PARTS = 5  # of a place key: name, street, ward, province, country
_WORD = re.compile(r"[^\W_]+")
_DIGEST = re.compile(r"#[0-9a-f]{64}\Z")

# words of titles in front of a name, without marks; `bac si`, `pho giao su` are two and three of them
_TITLES = frozenset(
    {
        "anh", "chi", "co", "ba", "ong", "chu", "bac", "thay", "em", "bs", "dr", "doctor", "gs", "pgs", "ts",
        "ths", "prof", "professor", "mr", "mister", "ms", "mrs", "miss", "si", "sy", "giao", "su", "pho",
        "tien", "luat", "ls", "duoc", "ds",
    }
)  # fmt: skip
# sure even before a single name: `Chị Lan`; without its mark `Chi Lan` is a name
_SURE = frozenset(
    {
        "chị", "cô", "chú", "ông", "bà", "bác", "thầy", "dr", "doctor", "mr", "mister", "ms", "mrs", "miss",
        "prof", "professor",
    }
)  # fmt: skip
_BEHIND = ("先生", "女士", "小姐", "太太", "医生", "醫生", "大夫", "老师", "教授", "律师")
# `Văn` is more often a middle name: Chu Văn An has no title
_SURNAMES = frozenset(search_key(name) for name in SURNAMES) - {"van"}

_NUMBER_FIRST = re.compile(r"(?:so nha|nha so|sn|nha|no) (?=\d)")
# what a street is called between a number and its name; `d` is `Đ.`, for no mark and no dot is left
_OF_A_STREET = frozenset(("duong", "pho", "d", "street"))
_SINGLE = frozenset("abcefghijklmnopqrstuvwxyz")  # a house's letter written apart, `12 A`
_TO_FOLD = _OF_A_STREET | _SINGLE | {"so", "sn", "nha", "no"}
_WARD_FIRST = re.compile(r"(?:phuong|thi tran|dac khu|xa|ward|commune|p|x|tt) (?=\S)|(?:p|x)(?=\d)")
# as English writes it, behind the name
_STREET_LAST = frozenset(("street", "str", "st"))
_LEAST_STREET = 3  # words of a number, a name and that word
_WARD_LAST = re.compile(r" (?:ward|commune)\Z")
_DISTRICT_FIRST = re.compile(
    r"(?:quan|huyen|thi xa|thanh pho|district|dist|tp|tx|q|h) (?=\S)|(?:quan|district|q)(?=\d)"
)
_DISTRICT_LAST = re.compile(r" district\Z")
_CODE_LAST = re.compile(r" \d{5,6}\Z")
_ZEROS = re.compile(r"\A0+(?=\d+\Z)")


def place_key_of(letter_key: str) -> str:
    """The place of a letter key; a place key, and a letter key too long to be read, are left as they are."""
    parts = letter_key.rsplit("|", LETTER_PARTS - 1)
    if len(parts) < LETTER_PARTS or not is_readable(letter_key):
        return letter_key
    name, street, ward, province, _, country = parts
    return place_key_at(name, street, ward, province, country)


def is_readable(key: str) -> bool:
    """Whether `place_key_of` can tell the place; of a very long key the end is a digest."""
    return not _DIGEST.search(key)


def place_key_at(full_name: str, street: str, ward: str, province: str, country: str) -> str:
    """The key of a person of that name at a place whose parts are folded (`addresses.folded`)."""
    key = "|".join(
        (bare_name(full_name), _street(street, country), _ward(ward), _province(province, country), country)
    )
    return bounded(key)


def folded_anew(place_key: str) -> str:
    """A place key of the first fold, which left `street` behind a name and the second word of
    `Phường Phương Liệt` as they were, as it is folded now; one too long to be read stays."""
    parts = place_key.split("|")
    if len(parts) != PLACE_PARTS or not is_readable(place_key):
        return place_key
    name, street, ward, province, country = parts
    return "|".join((name, _without_street(street, country), _ward(ward), province, country))


def without_ward(key: str) -> tuple[str, str] | None:
    """The place key of the same house where nobody writes its ward, and the ward; None where no number tells
    the house, for then the ward does."""
    parts = key.split("|")
    if len(parts) != PLACE_PARTS or not parts[1][:1].isdigit():
        return None
    name, street, ward, province, country = parts
    return f"{name}|{street}||{province}|{country}", ward


def at_any_ward(key: str) -> tuple[str, str] | None:
    """The person in that street of the province whatever the ward, as no place is written, and the ward; None
    of a key that is too long to be read."""
    parts = key.split("|")
    if len(parts) != PLACE_PARTS or not is_readable(key):
        return None
    name, street, ward, province, country = parts
    return f"{name}|{street}|*|{province}|{country}", ward


def at_no_ward(key: str) -> str:
    """The same where nobody writes the ward; as it is when it is too long to be read."""
    found = at_any_ward(key)
    return found[0].replace("|*|", "||") if found else key


def bounded(key: str) -> str:
    """A key that fits into its column; of a very long one the end is a digest."""
    if len(key) <= KEY_LIMIT:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: KEY_LIMIT - len(digest) - 1]}#{digest}"


def searched(part: str) -> set[str]:
    """How a part of an address that somebody looks for may stand in a key; `part` is folded."""
    part = _CODE_LAST.sub("", part)
    province = _province(part, "vn").replace("-", " ")
    return {part, bare_name(part), _street(part, "vn"), _ward(part), province} - {""}


@lru_cache(maxsize=16_384)
def bare_name(full_name: str) -> str:
    """The name without marks, signs and titles. Whatever can be read as a part of the name stays."""
    key = search_key(full_name)
    if key.partition(" ")[0] not in _TITLES and key.replace(" ", "").isalnum() and not key.endswith(_BEHIND):
        return key  # nearly all names
    text = clean(full_name).casefold()
    if text.endswith(_BEHIND):
        text = next((text.removesuffix(word) for word in _BEHIND if text.endswith(word)), "") or text
    words = _WORD.findall(search_key(text))
    if words and words[0] in _TITLES:
        words = words[_titles(words, text) :]
    return " ".join(words)


def _titles(words: list[str], text: str) -> int:
    """How many words in front are titles."""
    count = 0
    while count < len(words) - 1 and words[count] in _TITLES:
        count += 1
    if len(words) - count > 1 and words[count] in _SURNAMES:
        return count
    written = _WORD.search(text)
    return 1 if len(words) > 1 and written and written[0] in _SURE else 0


def same_person(one: str, other: str) -> bool:
    """Whether two names whose bare names are equal may be one person's: the marks agree, wherever they stand
    in a word (`Hoà`, `Hòa`), or one of the names has none. `Trần Văn An` and `Trần Văn Ân` are two; so are a
    man and a woman, `王先生` and `王太太`, `Ông Hai` and `Bà Hai`."""
    if one == other:
        return True
    if len({_sex(one), _sex(other)} - {None}) > 1:
        return False
    first, second = _marks(one), _marks(other)
    return first == second or not any(first) or not any(second)


@lru_cache(maxsize=4096)
def _sex(full_name: str) -> Sex | None:
    """By the title in the name, where it tells."""
    found = read(full_name)
    return found.title.sex if found else None


@lru_cache(maxsize=4096)
def _marks(full_name: str) -> tuple[tuple[str, ...], ...]:
    """The marks of each word of the bare name."""
    words = _WORD.findall(clean(full_name).casefold())[-len(bare_name(full_name).split()) or None :]
    return tuple(
        tuple(
            sorted(
                char
                for char in unicodedata.normalize("NFD", word)
                if char == "đ" or unicodedata.combining(char)
            )
        )
        for word in words
    )


def _street(folded: str, country: str) -> str:
    """`so 12 duong le loi` and `12 le loi`; `12 a le loi` and `12a le loi`."""
    words = folded.split()
    if _TO_FOLD.isdisjoint(words):
        return _without_street(folded, country)
    if found := _NUMBER_FIRST.match(folded):
        words = folded[found.end() :].split()
    kept: list[str] = []
    for word, following in zip(words, [*words[1:], ""], strict=True):
        behind_number = bool(kept) and kept[-1][0].isdigit()
        if following and word in _OF_A_STREET and (not kept or behind_number):
            continue
        if word == "so" and following[:1].isdigit():
            continue
        if following and word in _SINGLE and kept and kept[-1].isdigit():
            kept[-1] += word
            continue
        kept.append(word)
    return _without_street(" ".join(kept), country)


def _without_street(folded: str, country: str) -> str:
    """`12 le loi street` and `12 le loi`; abroad a street and a road of one name may be two."""
    words = folded.split()
    if country == "vn" and len(words) >= _LEAST_STREET and words[-1] in _STREET_LAST:
        return " ".join(words[:-1])
    return folded


@lru_cache(maxsize=4096)
def _ward(folded: str) -> str:
    """Without what a ward is called, in front of it or behind, and zeros. Without marks `Phương Liệt` begins
    so as well: it is left out twice, for one writes `Phường Phương Liệt` and another does not."""
    ward = folded
    while found := _WARD_FIRST.match(ward):
        ward = ward[found.end() :]
    return _ZEROS.sub("", _WARD_LAST.sub("", ward))


@lru_cache(maxsize=4096)
def bare_district(folded: str) -> str:
    """`quan 03`, `q3` and `district 3`. No part of a key: since July 2025 there are none."""
    found = _DISTRICT_FIRST.match(folded)
    return _ZEROS.sub("", _DISTRICT_LAST.sub("", folded[found.end() :] if found else folded))


@lru_cache(maxsize=4096)
def _province(folded: str, country: str) -> str:
    """The key of what the province is today: TP.HCM, Sài Gòn and Bình Dương are one. Else the text."""
    now = provinces.today(provinces.key_of(folded, country.upper()))
    return now.key if now else folded
