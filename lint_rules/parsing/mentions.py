"""What a message gives for what: each discount, gift or price, with the product named beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from lint_rules.parsing.discounts import MAY_DISCOUNT, Discount, discounts
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import HAN, Token, entries
from lint_rules.parsing.postscripts import MARK as POSTSCRIPT_MARK
from lint_rules.parsing.prices import Price
from lint_rules.parsing.sentences import LIST_MARK

# words of a product's name that hardly come about by chance
FULL_NAME = 2
_WORD, _WORD_OR_HAN = re.compile(r"[^\W_]+"), re.compile(r"[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[^\W_])+")
_BREAK = re.compile(r"[,;:.!?()\[\]|/\n–—•→\"“”«»，。；：！？（）【】、「」《》]|\s-\s")
_CODE = re.compile(
    r"(?<!\w)(?:mã|code|coupon|voucher|nhập|promo code|优惠码|折扣码|優惠碼|折扣碼|口令)\s?(?:giảm giá|ưu đãi|khuyến mãi|code|mã)?\s?[:：\"“'「]?\s?(?P<code>[A-Z][A-Z0-9]{3,15})(?!\w)"
)
_SALE_CUE = re.compile(
    r"(?:(?<!\w)(?:giá|chỉ|chỉ còn|còn|chỉ từ|từ|only|just|for|at|from|now)|仅售|仅需|只要|特价|售价|现价|仅|价格?[:：]?)\s*$"
)
# prices that are not what the offered thing costs
_OTHER_PRICE = re.compile(
    r"(?:(?<!\w)(?:giá gốc|giá cũ|giá thường|giá thông thường|giá bình thường|giá niêm yết|giá bán lẻ|giá ngày thường|về giá|lại giá|thay vì|so với|trước đây|trị giá|giá trị|phí (?:giao hàng|ship|vận chuyển)|đơn hàng từ|hóa đơn từ|hoá đơn từ|đặt cọc|cọc|từ|trên|worth|valued at|value|was|were|rrp|regular(?:ly)?|usual(?:ly)?|normally?|list price|retail price|back to|instead of|rather than|originally|orders? (?:over|above|of)|over|above|deposit(?: of)?|delivery|shipping|spend)|原价|平时|日常价|零售价|恢复|价值|满|定金|运费|超过)[\s:：]*$"
)
# lexicons: words that name no product, words that a product's name ends before, words that add another offer
GENERAL, STOPS, ADDITION = "offer_general", "offer_stop", "addition"
# how a thing is counted says nothing of what it is: "mua 5 thùng bớt 18%"
COUNTED = "offer_counted"
_LONGEST = {"vi": 4, "en": 3, "zh": 6}
# a text with more prices is a catalogue, and its first pages show that
MOST_MENTIONS = 200
# characters; no reader gets further, and what is written to tire the linter must not
LONGEST_TEXT = 50_000
LONGEST_SENTENCE = 5_000
# how far a product's name may reach before it is cut to its longest
_REACH = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """One discount, gift or price. `product` holds its words without the general ones; empty: not named."""

    part: Part
    span: Span
    kind: str
    value: float
    product: frozenset[str]
    code: str
    added: bool
    sells: bool
    sentence: int
    """Where its sentence begins."""
    target: str = ""
    """Where the link behind it leads, before the next sentence that offers."""
    tiered: bool = False
    """One step of several: buy three, spend $50, gold members."""

    @property
    def offered(self) -> bool:
        """Put before the reader as something to take: by a word such as "only", or as an item of a list."""
        return self.sells or self.added

    @property
    def is_price(self) -> bool:
        """A price, not a reduction."""
        return self.kind == "price"


def mentions(
    part: Part,
    lang: str,
    sentences: Iterable[Span],
    footer: Span | None,
    money: list[Price],
    targets: Sequence[tuple[int, str]] = (),
    words: Callable[[Span], Mapping[str, list[Span]]] = lambda sentence: {},
) -> list[Mention]:
    """Every mention in a part, in order; the footer offers nothing.

    `money` are the prices of the part, `targets` the places of its links and where they lead, `words` gives
    the phrases around a sentence of the lexicons GENERAL, STOPS and ADDITION.
    """
    found: list[Mention] = []
    for sentence in sentences:
        if (footer is not None and footer.holds(sentence)) or len(found) >= MOST_MENTIONS:
            break
        if sentence.start > LONGEST_TEXT:
            break
        mark = POSTSCRIPT_MARK.match(part.folded, sentence.start, sentence.end)
        # the letters of "T.B." are no product's name
        start = mark.end() if mark else sentence.start
        clipped = Span(start, min(sentence.end, start + LONGEST_SENTENCE))
        found += _Reader(part, lang, clipped, money, words).mentions()
    return _with_targets(found[:MOST_MENTIONS], targets)


def _with_targets(found: list[Mention], targets: Sequence[tuple[int, str]]) -> list[Mention]:
    """Each with the first link behind it, unless another sentence offers in between."""
    if not targets:
        return found
    made: list[Mention] = []
    places = [place for place, _ in targets]
    limit, sentence = _NOWHERE, -1
    for mention in reversed(found):
        if made and mention.sentence != sentence:
            limit = sentence
        sentence = mention.sentence
        index = bisect_left(places, mention.span.start)
        follows = index < len(places) and places[index] < limit
        made.append(replace(mention, target=targets[index][1]) if follows else mention)
    return made[::-1]


_NOWHERE = 1 << 60


class _Reader:
    """Reads one sentence."""

    def __init__(
        self,
        part: Part,
        lang: str,
        sentence: Span,
        money: list[Price],
        words: Callable[[Span], Mapping[str, list[Span]]],
    ) -> None:
        self.part, self.lang, self.sentence, self.find_words = part, lang, sentence, words
        self.folded = part.folded
        first = bisect_left(money, sentence.start, key=lambda price: price.span.start)
        self.money = [
            price for price in money[first : first + MOST_MENTIONS] if price.span.end <= sentence.end
        ]

    def mentions(self) -> list[Mention]:
        money = self.money
        if not money and not MAY_DISCOUNT.search(self.folded, self.sentence.start, self.sentence.end):
            return []
        taken = discounts(self.part.flat, self.sentence, money)
        off = {item.span for item in taken}
        costs = [price for price in money if price.span not in off and not self._is_other(price)]
        anchors: list[Discount | Price] = [*taken, *costs]
        anchors = sorted(anchors, key=lambda item: item.span)[:MOST_MENTIONS]
        if not anchors:
            return []
        self.words = self.find_words(self.sentence)
        self.units = [Token(match.group(), *match.span()) for match in self._find_units()]
        self.starts = [unit.start for unit in self.units]
        text = self.folded[self.sentence.start : self.sentence.end]
        self.tiered = bool(_TIER.search(text))
        self.general = self._marked(GENERAL)
        self.stops = self._marked(STOPS)
        code = self._code()
        added = self._is_added()
        return [self._mention(anchors, index, code, added) for index in range(len(anchors))]

    def _find_units(self) -> Iterable[re.Match[str]]:
        unit = _WORD_OR_HAN if HAN.search(self.folded, self.sentence.start, self.sentence.end) else _WORD
        return unit.finditer(self.folded, self.sentence.start, self.sentence.end)

    def _within(self, name: str) -> Iterator[Span]:
        """The phrases of that lexicon in the sentence."""
        found = self.words.get(name, [])
        for index in range(bisect_left(found, Span(self.sentence.start, 0)), len(found)):
            if found[index].end > self.sentence.end:
                return
            yield found[index]

    def _marked(self, name: str) -> set[int]:
        """Offsets of the units that a lexicon covers."""
        starts = self.starts
        return {
            start
            for span in self._within(name)
            for start in starts[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        }

    def _is_other(self, price: Price) -> bool:
        return bool(
            _OTHER_PRICE.search(
                self.folded, max(self.sentence.start, price.span.start - 30), price.span.start
            )
        )

    def _restates(self, anchor: Discount | Price) -> bool:
        """减20元，相当于打八折: the same offer in other figures."""
        begin = max(self.sentence.start, anchor.span.start - _RESTATED_NEAR)
        return self.lang == "zh" and bool(_RESTATED.search(self.folded, begin, anchor.span.start))

    def _code(self) -> str:
        # codes are in capitals, so they are looked for in the text as written
        match = _CODE.search(self.part.masked, self.sentence.start, self.sentence.end)
        if match is None:
            lowered = self.folded[self.sentence.start : self.sentence.end]
            written = self.part.masked[self.sentence.start : self.sentence.end]
            cue = re.search(r"(?<!\w)(?:mã|code|coupon|voucher)(?!\w)", lowered)
            after = re.search(r"(?<!\w)[A-Z]+[0-9]{1,4}(?!\w)", written[cue.end() :]) if cue else None
            return after.group() if after else ""
        return match["code"]

    def _is_added(self) -> bool:
        start = self.sentence.start
        if LIST_MARK.match(self.part.text, start):
            return True
        return any(span.start - start <= _START for span in islice(self._within(ADDITION), 1))

    def _mention(self, anchors: list[Discount | Price], index: int, code: str, added: bool) -> Mention:
        anchor, start = anchors[index], self.sentence.start
        left = anchors[index - 1].span.end if index else self.sentence.start
        right = anchors[index + 1].span.start if index + 1 < len(anchors) else self.sentence.end
        if self._restates(anchor):
            product: frozenset[str] = frozenset()
            return Mention(
                self.part, anchor.span, _kind(anchor), _value(anchor), product, "", False, False, start
            )
        if isinstance(anchor, Price):
            product = self._left(left, anchor.span.start) or self._right(anchor.span.end, right)
            sells = bool(_SALE_CUE.search(self.folded, max(left, anchor.span.start - 20), anchor.span.start))
            return Mention(self.part, anchor.span, "price", anchor.amount, product, code, added, sells, start)
        if anchor.kind == "gift":
            product = self._bought(left, anchor.span.start)
        elif anchor.kind == "bundle":
            product = self._bought(left, anchor.span.end) or self._right(anchor.span.end, right)
            product = product or self._left(left, anchor.span.start)
        else:
            product = self._right(anchor.span.end, right) or self._left(left, anchor.span.start)
        sells = anchor.kind != "gift"
        return Mention(
            self.part,
            anchor.span,
            anchor.kind,
            anchor.value,
            product,
            code,
            added,
            sells,
            start,
            "",
            self.tiered,
        )

    def _right(self, start: int, end: int) -> frozenset[str]:
        kept: list[str] = []
        position = start
        for unit in self.units:
            if unit.start < start or unit.end > end:
                continue
            if (
                _BREAK.search(self.folded, position, unit.start)
                or unit.start in self.stops
                or len(kept) == _REACH
            ):
                break
            position = unit.end
            if self._is_content(unit):
                kept.append(unit.word)
        return self._cut(kept)

    def _left(self, start: int, end: int) -> frozenset[str]:
        kept: list[str] = []
        position = end
        for index in range(bisect_left(self.starts, end) - 1, -1, -1):
            unit = self.units[index]
            if unit.start < start:
                break
            if unit.end > end:
                continue
            broken = _BREAK.search(self.folded, unit.end, position) or unit.start in self.stops
            if kept and (broken or len(kept) == _REACH):
                break
            position = unit.start
            if unit.start not in self.stops and self._is_content(unit):
                kept.append(unit.word)
        return self._cut(kept[::-1])

    def _bought(self, start: int, end: int) -> frozenset[str]:
        """The product of `mua X tặng …`, `buy X and get …`, `买X送…`."""
        bought = [match.end() for match in _BUY.finditer(self.folded, start, end)]
        return self._right(bought[-1], end) if bought else frozenset()

    def _is_content(self, unit: Token) -> bool:
        return unit.start not in self.general and not unit.word.isnumeric()

    def _cut(self, kept: list[str]) -> frozenset[str]:
        if (self.lang == "zh" and len(kept) < FULL_NAME) or entries(self.lang, COUNTED).issuperset(kept):
            return frozenset()
        size = _LONGEST[self.lang]
        # the head stands first in Vietnamese, last in English and Chinese
        words = kept[:size] if self.lang == "vi" else kept[-size:]
        return frozenset(_singular(word) if self.lang == "en" else word for word in words)


def _kind(anchor: Discount | Price) -> str:
    return "price" if isinstance(anchor, Price) else anchor.kind


def _value(anchor: Discount | Price) -> float:
    return anchor.amount if isinstance(anchor, Price) else anchor.value


_RESTATED = re.compile(
    r"(?:相当于|等于|等同于|折合|折算|合计|约合|也就是说?|算下来|换算|平均下来|(?<=,)即|[共总]省|共可省)[^\W\d]{0,6}[:约近]?\s?$"
)
_RESTATED_NEAR = 14
_TIER = re.compile(
    r"(?<!\w)(?:mua|từ|đủ|hạng|thẻ|thành viên|hội viên|hoá đơn|đơn|thêm|buy|spend|order|over|members?|tiers?|gold|silver|students?|extra|first|on \w+)(?!\w)|满|会员|卡|[买购]|再|额外"
)
_BUY = re.compile(r"(?<!\w)(?:mua|khi mua|buy|purchase|with every|with any)(?!\w)|购买|[买购]")
# "Ngoài ra, …" stands at the start of its sentence
_START = 3


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return word
