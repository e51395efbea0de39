"""A million customers in twenty columns, as a spreadsheet saves them, are no bomb."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from campaign.contacts.csv_import.xlsx import STRINGS_LIMIT, TAGS_LIMIT, UNPACKED_LIMIT
from tests.contacts.test_bombs import READ
from tests.contacts.workbooks import LINKS, MAIN, WORKBOOK

MILLION = 1_000_000
HEADS = (
    "Mã|Họ tên|Tên gọi|E-mail|Điện thoại|Địa chỉ|Phường|Quận|Tỉnh|Mã bưu điện|Ngày sinh|Giới tính",
    "Nghề nghiệp|Nhóm|Ngày mua|Doanh thu|Số đơn|Kênh|Đồng ý|Ghi chú",
)
ROWS_AT_ONCE = 2_000
# beside the 55 MB of the process: 300 MB in all. As a list its strings take 630, and those of 20,000 rows 12
MORE_MB, FEW_MB = 245, 8


class Saved:
    """The sheet and its strings as Excel writes them: a string that occurs twice stands there once."""

    def __init__(self, *, inline: bool = False) -> None:
        self.inline, self.tags, self.size = inline, 0, 0
        self.strings: dict[str, int] = {}
        self._chance = Random(1)

    def rows(self, first: int, count: int) -> Iterator[bytes]:
        """Rows of customers from the number `first` on, some thousands at a time."""
        for start in range(first, first + count, ROWS_AT_ONCE):
            block = "".join(map(self._row, range(start, min(start + ROWS_AT_ONCE, first + count)))).encode()
            self.tags, self.size = self.tags + block.count(b"<"), self.size + len(block)
            yield block

    def shared(self) -> bytes:
        strings = "".join(f"<si><t>{text}</t></si>" for text in self.strings)
        return f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()

    def _row(self, number: int) -> str:
        values = "|".join(HEADS).split("|") if number == 1 else self._customer(number)
        cells = (self._cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(values))
        return f'<row r="{number}" spans="1:20">{"".join(cells)}</row>'

    def _cell(self, at: str, value: str | int) -> str:
        if isinstance(value, int):
            return f'<c r="{at}" s="1"><v>{value}</v></c>'
        if self.inline:
            return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'
        place = self.strings.setdefault(value, len(self.strings))
        return f'<c r="{at}" t="s"><v>{place}</v></c>'

    def _customer(self, n: int) -> list[str | int]:
        one, number = self._chance.choice, self._chance.randrange
        name = one(("An", "Bình", "Châu", "Hương", "Lan", "Thảo", "Yến"))
        return [
            f"K{n:07d}", f"{one(('Nguyễn Văn', 'Trần Thị', 'Huỳnh Ngọc'))} {name}", name,
            f"khach{n}@example{number(300)}.com", f"09{number(10**8):08d}",
            f"{number(1, 400)} {one(('Lê Lợi', 'Trần Hưng Đạo', 'Nguyễn Huệ', 'Hàng Bè'))}",
            f"Phường {number(30)}", f"Quận {number(12)}", one(("TP. Hồ Chí Minh", "Hà Nội", "Đà Nẵng")),
            number(100_000, 999_999), number(20_000, 38_000), one(("Nam", "Nữ")), one(("Bác sĩ", "Kỹ sư")),
            one(("VIP", "Thường", "Mới")), number(44_000, 46_000), number(10**5, 10**8), number(1, 60),
            one(("Cửa hàng", "Web")), "có", f"khách giới thiệu {number(10**6)}",
        ]  # fmt: skip


def save(path: Path, rows: int) -> None:
    saved = Saved()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK.format(flags=""))
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as opened:
            opened.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for block in saved.rows(1, rows + 1):
                opened.write(block)
            opened.write(b"</sheetData></worksheet>")
        archive.writestr("xl/sharedStrings.xml", saved.shared())


def reading(path: Path) -> tuple[str, float, float]:
    """What became of it, seconds of processor time, megabytes that it took."""
    told = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    said, seconds, more = json.loads(told.stdout)
    return said, seconds, more


@pytest.mark.parametrize("inline", [False, True])
def test_the_limits_let_a_million_customers_through(inline: bool) -> None:
    """By the last thousand of them, whose numbers are the longest."""
    saved = Saved(inline=inline)
    for _ in saved.rows(MILLION - 999, 1_000):
        pass
    assert saved.tags * 1_000 < TAGS_LIMIT
    assert saved.size * 1_000 < UNPACKED_LIMIT
    assert len(saved.shared()) * 1_000 < STRINGS_LIMIT


def test_a_sheet_of_many_customers_is_read_in_little_room(tmp_path: Path) -> None:
    save(tmp_path / "real.xlsx", 20_000)
    said, _, more = reading(tmp_path / "real.xlsx")
    assert said == "20000 rows"
    assert more < FEW_MB


@pytest.mark.guard
def test_a_sheet_of_a_million_customers_is_read_in_little_room(tmp_path: Path) -> None:
    save(tmp_path / "real.xlsx", MILLION)
    said, _, more = reading(tmp_path / "real.xlsx")
    assert said == f"{MILLION} rows"
    assert more < MORE_MB
