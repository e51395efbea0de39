"""What a column means: fields that a file may fill, and a guess from its heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from campaign.contacts.facts import PARSERS
from campaign.contacts.names import search_key
from campaign.contacts.traits import PREFIX, TRAITS
from campaign.errors import InvalidInput
from campaign.models import ImportKind

Mapped = dict[str, str]
"""Heading to field name; a heading that is not in it is left aside."""

# beside the facts: what takes more than one column of ours, or a row of another table
COMPOSITE = (
    "first_name", "last_name", "birthday", "tags", "organisation", "agreed", "status", "unsubscribed_at",
    "cleaned_at", "agreed_at", "agreed_from", "confirmed_at", "confirmed_from",
)  # fmt: skip
# what most files hold comes first in the list that one chooses from
_USUAL = (
    "full_name", "first_name", "last_name", "given_name", "form_of_address", "email", "phone", "street",
    "ward", "district", "province", "birthday", "tags",
)  # fmt: skip
TRAIT_FIELDS = tuple(f"{PREFIX}{name}" for name in TRAITS)
CONTACT_FIELDS = (*_USUAL, *(name for name in (*PARSERS, *COMPOSITE) if name not in _USUAL))
ORDER_FIELDS = (
    "customer_code", "customer_email", "customer_phone", "number", "ordered_on", "amount", "currency",
    "product", "channel", "cost",
)  # fmt: skip
# what says that a row is somebody; a file of contacts has at least one of them
NAMES = ("full_name", "first_name", "last_name")
REQUIRED = {ImportKind.CONTACTS: (), ImportKind.ORDERS: ("number", "ordered_on", "amount")}

# columns that a ZIP of several files gets: which file, and what its name says of its people
FILE_COLUMN, STATUS_COLUMN = "column:file", "column:status"
# headings by which an export of Mailchimp is known; its birthdays are month first and would be misread
MAILCHIMP = frozenset({"LEID", "EUID"})
# headings as they stand in customers' files, folded by `search_key`
_CONTACT_WORDS = {
    "code": ("ma khach hang, ma kh, ma, customer code, customer id, code, id, ma so, 客户编号, 会员号, 编号"),
    "kind": "loai, loai khach hang, loai ho so, kind, type, 类型, 客户类型",
    "full_name": (
        "ho ten, ho va ten, ten khach hang, ten khach, ten, full name, name, customer name, customer, 姓名, "
        "客户姓名, 客户名称, 名字, 名称"
    ),
    "given_name": "ten goi, given name",
    "first_name": "first name, firstname, fname",
    "last_name": "last name, lastname, lname, surname, family name, 姓",
    "status": "status, trang thai, 状态",
    "unsubscribed_at": "unsub time",
    "cleaned_at": "clean time",
    "form_of_address": (
        "xung ho, danh xung, cach xung ho, form of address, salutation, title, 称呼, 称谓, 尊称"
    ),
    "email": (
        "email, e-mail, thu dien tu, dia chi email, email address, mail, 邮箱, 电子邮箱, 电子邮件, 邮件地址, "
        "邮箱地址"
    ),
    "phone": (
        "dien thoai, so dien thoai, dt, sdt, di dong, phone, phone number, mobile, tel, 电话, 手机, "
        "手机号, 手机号码, 电话号码, 联系电话"
    ),
    "street": (
        "dia chi, so nha, duong, so nha duong, street, address, address line 1, address1, 地址, 街道, "
        "详细地址, 通讯地址"
    ),
    "ward": "phuong, xa, phuong xa, phuong/xa, ward, address line 2, 坊, 社区",
    "district": "quan, huyen, quan huyen, quan/huyen, district, 区, 县, 区县",
    "province": (
        "tinh, thanh pho, tinh thanh, tinh/thanh pho, tinh thanh pho, province, city, town, 省, 省份, "
        "城市, 省市"
    ),
    "postal_code": "ma buu chinh, ma buu dien, postal code, postcode, zip, zip code, 邮编, 邮政编码",
    "country": "nuoc, quoc gia, country, 国家",
    "language": "ngon ngu, language, lang, 语言",
    "time_zone": "mui gio, time zone, timezone",
    "birthday": "ngay sinh, sinh nhat, birthday, date of birth, birth date, dob, 生日, 出生日期",
    "birth_year": "nam sinh, birth year, year of birth, 出生年份",
    "birth_month": "thang sinh, birth month",
    "birth_day": "ngay sinh nhat, birth day",
    "birth_calendar": "lich, am duong lich, lich sinh nhat, calendar, birth calendar",
    "founded_on": "ngay thanh lap, founded, founded on, founding date, 成立日期",
    "sex": "gioi tinh, sex, gender, 性别",
    "occupation": "nghe nghiep, nghe, occupation, job, 职业",
    "position": "chuc vu, chuc danh, position, job title, 职位, 职务",
    "organisation": (
        "cong ty, to chuc, don vi, co quan, company, organisation, organization, 公司, 单位, 公司名称, "
        "单位名称"
    ),
    "line_of_business": "nganh, nganh nghe, nganh kinh doanh, linh vuc, industry, line of business, 行业",
    "legal_representative": "nguoi dai dien, dai dien phap luat, legal representative, 法定代表人, 法人",
    "tags": "the, nhan, nhom, tags, tag, labels, 标签, 分组",
    "agreed": "dong y, dong y nhan tin, consent, opt-in, opt in, subscribed, 同意, 是否同意",
    "agreed_at": (
        "optin time, opt-in time, opt-in date, consent date, consent time, ngay dong y, thoi diem dong y, "
        "同意日期, 同意时间"
    ),
    "agreed_from": "optin ip, opt-in ip",
    "confirmed_at": "confirm time, confirmed at, ngay xac nhan, 确认时间",
    "confirmed_from": "confirm ip",
    "relationship_level": "muc quan he, quan he, relationship, relationship level, 关系, 关系级别",
    "leaving_reason": "ly do ngung mua, ly do roi bo, reason for leaving, churn reason, 流失原因",
    "left_on": "ngay ngung mua, ngay roi bo, left on, 流失日期",
    "note": "ghi chu, note, notes, comment, 备注, 说明",
    "trait.marital_status": "tinh trang hon nhan, hon nhan, marital status, 婚姻, 婚姻状况",
    "trait.household_size": (
        "so nguoi trong nha, so nguoi trong ho, household size, people in the household, 家庭人数"
    ),
    "trait.education": "hoc van, trinh do, trinh do hoc van, education, 学历, 教育程度",
    "trait.income": "thu nhap, muc thu nhap, income, 收入",
    "trait.place_of_origin": "que quan, que, nguyen quan, place of origin, hometown, 籍贯",
    "trait.interests": "so thich, interests, hobbies, 爱好, 兴趣, 兴趣爱好",
    "trait.lifestyle": "loi song, lifestyle, way of life, 生活方式",
    "trait.values": "dieu coi trong, what they value, 价值观",
    "trait.hopes": "mong muon, hopes",
    "trait.worries": "dieu lo ngai, worries",
    "trait.wishes": "gop y, de nghi, wishes, feedback, 建议",
    "trait.sector": "loai hinh, loai hinh to chuc, kind of organisation, sector, 单位性质",
    "trait.trade": "linh vuc hoat dong, trade, what it does",
    "trait.size": "quy mo, size, company size, 规模, 企业规模",
    "trait.region_served": "dia ban, dia ban phuc vu, region served, 服务区域",
}
_ORDER_WORDS = {
    "customer_code": "ma khach hang, ma kh, customer code, customer id, customer, 客户编号, 客户代码",
    "customer_email": "email, e-mail, customer email, 邮箱, 电子邮件",
    "customer_phone": "dien thoai, so dien thoai, sdt, phone, 电话, 手机",
    "number": (
        "so don, ma don, don hang, ma don hang, so hoa don, order, order number, order id, "
        "invoice, 订单号, 订单编号"
    ),
    "ordered_on": (
        "ngay, ngay mua, ngay dat, ngay don, ngay dat hang, date, order date, ordered on, 日期, "
        "下单日期, 订单日期"
    ),
    "amount": (
        "so tien, thanh tien, tong tien, tri gia, doanh thu, gia tri, amount, total, sum, 金额, 总额, 总金额"
    ),
    "currency": "tien te, loai tien, currency, 币种",
    "product": "san pham, ten hang, mat hang, hang, product, item, 产品, 商品",
    "channel": "kenh, kenh ban, noi mua, channel, source, 渠道",
    "cost": "gia von, tien von, cost, cost of goods, cogs, 成本",
}


def fields_of(kind: ImportKind, custom_keys: Iterable[str]) -> tuple[str, ...]:
    """The fields a file of that kind may fill, in the order of the form."""
    if kind is ImportKind.ORDERS:
        return ORDER_FIELDS
    return (*CONTACT_FIELDS, *TRAIT_FIELDS, *(f"custom.{key}" for key in sorted(custom_keys)))


def guess(headings: Sequence[str], kind: ImportKind, custom: Mapping[str, str]) -> Mapped:
    """A first mapping: by our own field names, by usual headings, by the labels of own fields.

    `custom` is key to label. No field is given twice; the first heading wins.
    """
    known = _words(kind)
    for key, label in custom.items():
        known |= {search_key(label): f"custom.{key}", key: f"custom.{key}", f"custom.{key}": f"custom.{key}"}
    found: Mapped = {}
    for heading in headings:
        field = known.get(search_key(heading).replace("_", " ")) or known.get(heading)
        if field and field not in found.values():
            found[heading] = field
    if set(headings) >= MAILCHIMP:
        found = {heading: field for heading, field in found.items() if field != "birthday"}
    return found


def check(mapped: Mapped, headings: Sequence[str], kind: ImportKind, custom_keys: Iterable[str]) -> None:
    """InvalidInput unless every heading and field exists, none twice, and what is needed is there."""
    fields = set(fields_of(kind, custom_keys))
    for heading, field in mapped.items():
        if heading not in headings:
            raise InvalidInput("contacts-import-no-heading", heading=heading[:60])
        if field not in fields:
            raise InvalidInput("contacts-import-no-field", name=field[:60])
    given = list(mapped.values())
    if twice := {field for field in given if given.count(field) > 1}:
        raise InvalidInput("contacts-import-field-twice", name=min(twice))
    if missing := [field for field in REQUIRED[kind] if field not in given]:
        raise InvalidInput("contacts-import-field-missing", name=missing[0])
    if kind is ImportKind.CONTACTS and not set(NAMES) & set(given):
        raise InvalidInput("contacts-import-field-missing", name="full_name")
    if kind is ImportKind.ORDERS and not {"customer_code", "customer_email", "customer_phone"} & set(given):
        raise InvalidInput("contacts-import-field-missing", name="customer_code")


def is_heading(text: str) -> bool:
    """Whether a cell is a heading as they usually are, of people or of orders."""
    return search_key(text).replace("_", " ") in _every_word()


@cache
def _every_word() -> frozenset[str]:
    return frozenset(word for kind in ImportKind for word in _words(kind))


def _words(kind: ImportKind) -> dict[str, str]:
    words = _CONTACT_WORDS if kind is ImportKind.CONTACTS else _ORDER_WORDS
    by_heading = {heading: field for field, headings in words.items() for heading in headings.split(", ")}
    ours = {field.replace("_", " "): field for field in fields_of(kind, ())}
    if kind is ImportKind.CONTACTS:
        ours[STATUS_COLUMN] = "status"
    return by_heading | ours
