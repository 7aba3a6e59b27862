"""Exchange document numbers for made-up ones of every shape, and add some.

A number is the issuer's code, the year and a serial (GB/T 9704-2012, 7.2.5). Codes are made of the abbreviations of a
place, a body and the form of the document, and nothing but knowing how they are made tells where one begins.
"""

from __future__ import annotations

import re
from random import Random
from typing import Final

from spacy.tokens import Doc

from govner.corpus.augment.edits import Edit
from govner.data import load_list


def _words(text: str) -> list[str]:
    """The entries of a list, as often as each is to be chosen."""
    return text.split("|")


_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕甘青宁新"
_COUNCILS = ("政", "政办", "府", "府办", "委", "委办", "党", "党办", "人大", "政协", "行署", "管委", "管办")
_BODIES: Final = _words(
    "教|财|民|卫|环|林|水|农|文|旅|审|统|档|监|纪|司|建|交|商|科|民|宗|侨|粮|价|地|税|工|质|药|安|体|广|残|"
    "妇|团|气|震|人|社|编|法|信|公|国土资|国土|自然资|发改|人社|住建|建|工信|卫计|卫健|交运|水务|林业|农牧|"
    "文广|文旅|市监|工商|质监|食药监|药监|安监|应急|国税|地税|税|医保|房管|公积金|城管|执法|审改|政管|政数|"
    "信访|扶贫|移民|供|烟|邮|银|证监|银监"
)
_CENTRAL: Final = _words(
    "国发|国函|国办发|国办函|国办发明电|国办公开办函|中发|中办发|中办|厅字|国办秘函|财税|财预|财综|财库|"
    "发改价格|发改投资|教办|教财|人社部发|人社厅发|国卫办发|环发|环办|环函|建办|建房|自然资发|国土资发|"
    "国土资厅函|工信部|税总发|税总函|国税发|国市监信|国市监函|银发|证监发|银保监发|医保发|应急|民发|民函|"
    "公通字|司发|司法通|交办发|交公路发|水办|农办发|农经发|商办函|文旅办发|气发|海发|档发|审办发|国统字"
)
_UNITS: Final = _words("||||办|厅|综|规|法|基|价格|财|人|党|组|收费|宣|督|公开办")
_FORMS: Final = _words(
    "发|发|发|发|字|字|函|函|办|办|文|通|规|令|秘|任|批|复|议|电|明电|报|请|公告|通报|纪要|督|考|办发|办字|"
    "办函|函字|通字|发电|告|证|征|答|复决|信复|告知|公告知|公开告字|公开字|依复|"
)
_MINUTES: Final = _words("常务会议纪要|专题会议纪要|办公会议纪要|会议纪要|县长办公会议纪要")
# Characters that lead up to a number are no places, though a place's name may begin with one (依兰, 随州).
_NO_PLACE: Final = frozenset("依自随于凭原由就以按据见经照待从对与和及为同把将被向引")
_CHINESE_DIGITS: Final = str.maketrans("0123456789", "○一二三四五六七八九")
_BRACKETS: Final = _words(
    "〔〕|〔〕|〔〕|〔〕|〔〕|〔〕|[]|[]|[]|[]|()|()|（）|（）|【】|【】|［］|［］|﹝﹞|﹝﹞|〔]|[〕|(〕|（]|［】|]|]|〕|〕||||〖〗|<>|{}|“”|??|--"
)
# What stands in the place of brackets where a page was not decoded.
_ENTITIES: Final = ("&#12308;", "&#12309;")
_MISREAD: Final = str.maketrans("01", "Ol")
_PUBLISHED = ("公告", "通告")
# Numbers that are none of a document.
_OTHER_NUMBERS: Final = _words(
    "受理编号{0}-{1:03}号|工单第{0}-{1:04}号|{2}路{1}号|{2}街{1}号{3}楼会议室|{3}号楼|第{1}号建议|{2}村{1}号宗地|编号{0}-{1}|{3}号窗口|"
    "第{1}号提案|索引号{1:05}/{0}-{1:04}|序号{3}|许可证第{1}号|准考证{0}{1:04}号|{0}年第{3}期|地块{0}-{1}号"
)
_LEADS: Final = _words(
    "根据|按照|依据|依照|遵照|参照|执行|落实|贯彻|贯彻落实|印发|转发|下发|遵循|按|依|据|以|经|照|凭|自|待|由|"
    "对照|参见|详见|见|原|附|即|转来"
)
_NUMBER = re.compile(
    r"^(?P<code>[一-鿿]{1,16}?)\s{0,20}(?P<year>[〔\[［(（【﹝]?\s{0,20}[0-9]{4}\s{0,20}[〕\]］)）】﹞]?)\s{0,20}第?\s{0,20}[0-9]+\s{0,20}号?$"
)
_ORDER = re.compile(r"^[一-鿿]{1,20}令\s*第\s*[0-9]+\s*号$")
_LEAD = re.compile("(?:" + "|".join(sorted(_LEADS[:22], key=len, reverse=True)) + ")$")
# What stands around a number in a clause of its own.
_BEFORE: Final = _words(
    "根据|按照|依据|依照|遵照|参照|执行|落实|贯彻|贯彻落实|印发|转发|下发|遵循|按|依|据|以|经|照|凭|自|待|由|"
    "对照|参见|详见|见|原|附|即|转来|结合|就|例如|兼顾|来文|通过|我局|你局|贵办|依据为|所据文件为|文号|"
    "文号：|文件 |学校依|严格执行|现将|兹将|废止|修订|网民询问|申请人索取|陈列|所申请的|对应|街道遵循"
)
_AFTER: Final = _words(
    "执行。|办理。|之规定办理。|已转发。|下发后，各科室逐条落实。|要求公开。|精神，抓好落实。|收悉。|附后。|"
    "提出了明确要求。|公布。|编写。|同时废止。|目录。|属上级制作。|规定的时限。|已作了说明。|印发前，|"
    "文件精神。"
)
_CLAUSE_END = re.compile(r"[。；]")
# Share of titles without a number that get one, of leading words that are exchanged, and of clauses that get another
# clause after them.
_ADDED, _LED, _CLAUSES = 0.15, 0.5, 0.06
# What stands between numbers in a row.
_JOINTS: Final = _words("、|、|、|、|和|及|与|以及|，|,")


def exchange_codes(doc: Doc, rng: Random) -> list[Edit]:
    """Plan other document numbers, other words that lead up to them, and numbers for titles that have none.

    doc (Doc): A gold document.
    rng (Random): The source of chance.
    RETURNS (list[Edit]): Exchanges of whole numbers and of words before them, and insertions after titles.
    """
    text = doc.text
    taken = [(span.start_char, span.end_char) for span in doc.ents]
    edits = []
    for span in doc.ents:
        if span.label_ != "DOCUMENT":
            continue
        if _NUMBER.match(span.text) or _ORDER.match(span.text):
            edits.append(Edit(span.start_char, span.end_char, make_number(rng)))
            lead = _LEAD.search(text, max(0, span.start_char - 4), span.start_char)
            if lead and rng.random() < _LED and not any(a < lead.end() and lead.start() < b for a, b in taken):
                edits.append(Edit(lead.start(), lead.end(), rng.choice(_LEADS)))
        elif text[span.end_char : span.end_char + 1] not in ("(", "（", "") and rng.random() < _ADDED:
            number = make_number(rng)
            before, after = rng.choice((("（", "）"), ("（", "）"), ("(", ")"), ("", ""), (" ", " ")))
            mention = (len(before), len(before) + len(number), "DOCUMENT")
            edits.append(Edit(span.end_char, span.end_char, before + number + after, mentions=(mention,)))
    inside = {place for start, end in taken for place in range(start + 1, end)} | {edit.start for edit in edits}
    for match in _CLAUSE_END.finditer(text):
        if match.end() not in inside and rng.random() < _CLAUSES:
            edits.append(_make_clause(match.end(), rng))
    return edits


def _make_clause(offset: int, rng: Random) -> Edit:
    """A clause that cites a number or a few, at times right after the body that issued it, or one that cites none."""
    mentions: list[tuple[int, int, str]] = []
    make = make_number
    kind = rng.random()
    if kind < 0.08:
        place = rng.choice(load_list("places"))[:2]
        other = rng.choice(_OTHER_NUMBERS).format(
            rng.randint(1998, 2024), rng.randint(1, 300), place, rng.randint(1, 9)
        )
        return Edit(offset, offset, f"{rng.choice(load_list('nouns'))}{other}{rng.choice(('。', '，', '；'))}")
    if kind < 0.2:
        text = rng.choice(("省", "市", "县", "区", "州")) + rng.choice(load_list("offices"))
        mentions.append((0, len(text), "AGENCY"))
        text += rng.choice(("", "", "", " ", "文件", "文件 "))
        # An order or minutes would begin with a body, and that would be read with the one before it.
        make = _make_coded
    elif kind < 0.4:
        text = rng.choice(_BEFORE)
    else:
        # Any words at all: that a number begins behind them shows in the number alone.
        text = rng.choice(("", rng.choice(load_list("nouns")))) + rng.choice(load_list("verbs"))
    count = rng.choice((1, 1, 1, 2, 3))
    for which in range(count):
        if which:
            text += rng.choice(_JOINTS)
        number = (
            make(rng) if not which or rng.random() < 0.9 else f"〔{rng.randint(1998, 2024)}〕{rng.randint(1, 99)}号"
        )
        mentions.append((len(text), len(text) + len(number), "DOCUMENT"))
        text += number
    if rng.random() < 0.5:
        text += rng.choice(_AFTER)
    else:
        text += f"{rng.choice(load_list('verbs'))}{rng.choice(load_list('nouns'))}。"
    return Edit(offset, offset, text, mentions=tuple(mentions))


def make_number(rng: Random) -> str:
    """Make up a document number or order, typed with more or less care."""
    kind = rng.random()
    serial = str(rng.randint(1, rng.choice((9, 60, 400, 2000))))
    if rng.random() < 0.05:
        serial = serial.zfill(rng.choice((2, 3)))
    if rng.random() < 0.06:
        serial = "第" + serial
    if kind < 0.1:
        return _make_order(rng, serial.removeprefix("第"))
    year = str(rng.randint(1998, 2024))
    if kind < 0.13:
        return f"{_make_issuer(rng)}{rng.choice(_PUBLISHED)}{year}年第{serial.removeprefix('第')}号"
    if kind < 0.14:
        return f"{year}年第{serial.removeprefix('第')}号{rng.choice(_PUBLISHED)}"
    if kind < 0.16:
        opening, closing = rng.choice(("（）", "()", "〔〕", "[]"))
        return f"{opening}{year}{closing}{_make_code(rng)}第{serial.removeprefix('第')}号"
    if kind < 0.17:
        return f"{_make_code(rng)}〔{year.translate(_CHINESE_DIGITS)}〕{_spell(int(serial.removeprefix('第')))}号"
    if kind < 0.19:
        code = rng.choice((_make_issuer(rng), "县政府", "市政府", "")) + rng.choice(_MINUTES)
    elif kind < 0.22:
        code = _make_issuer(rng) + rng.choice(("文件", "办公室", "办公室文件", ""))
    elif kind < 0.4:
        code = rng.choice(_CENTRAL)
    else:
        code = _make_code(rng)
    return _dress(code, year, serial, rng)


def _make_coded(rng: Random) -> str:
    """Make up a number that begins with a code."""
    return _dress(_make_code(rng), str(rng.randint(1998, 2024)), str(rng.randint(1, 400)), rng)


def _dress(code: str, year: str, serial: str, rng: Random) -> str:
    """Put a code, a year and a serial together, with brackets and blanks as they are typed."""
    opening, closing = _brackets(rng)
    space = rng.choice(("", "", "", "", "", " "))
    end = space + "号" if rng.random() < 0.92 else ""
    if rng.random() < 0.02:
        year, serial = year.translate(_MISREAD), serial.translate(_MISREAD)
    return f"{code}{rng.choice(('', '', '', '', '', '', '', space))}{opening}{year}{closing}{space}{serial}{end}"


def _make_code(rng: Random) -> str:
    kind = rng.random()
    places = load_list("places")
    place = rng.choice(places)[: rng.choice((1, 1, 2))]
    if place in _NO_PLACE:
        place = rng.choice(_PROVINCES)
    if kind < 0.25:
        place = rng.choice(_PROVINCES)
    elif kind < 0.4:
        place = rng.choice(_PROVINCES) + place[:1]
    elif kind < 0.48:
        place = rng.choice(("市", "县", "区", "省", "镇", "州"))
    elif kind < 0.65:
        # A place that no list knows.
        place = rng.choice(load_list("given_names")) + rng.choice(("", "", "县", "区"))
    elif kind < 0.7:
        place = ""
    body = rng.choice(_COUNCILS if rng.random() < 0.45 else _BODIES)
    if rng.random() < 0.12:
        body = rng.choice(load_list("topics"))
    return place + body + rng.choice(_UNITS) + rng.choice(_FORMS)


def _make_issuer(rng: Random) -> str:
    """An issuer spelled out: a ministry, or the government or an office of a place."""
    if rng.random() < 0.3:
        return rng.choice(("国务院", "财政部", "公安部", "国家税务总局", "海关总署", "教育部", "环境保护部", "民政部"))
    place = rng.choice(load_list("places"))
    body = rng.choice(("人民政府", "人民政府", "人民政府办公室", "政务公开领导小组", *load_list("offices")))
    return place + body


def _make_order(rng: Random, serial: str) -> str:
    issuer = rng.choice(("国务院", "国", "省政府", "市政府", "省人民政府", "市人民政府")) if rng.random() < 0.5 else ""
    issuer = issuer or _make_issuer(rng)
    space = rng.choice(("", "", "", " "))
    if rng.random() < 0.1:
        issuer, serial = rng.choice((issuer, "中华人民共和国主席")), _spell(int(serial))
    year = f"{rng.randint(1998, 2024)}年" if rng.random() < 0.1 else ""
    if rng.random() < 0.2:
        return rng.choice(
            (f"{issuer}第{space}{serial}{space}号令", f"第{space}{serial}{space}号{issuer}令", f"第{serial}号令")
        )
    return f"{year}{issuer}令{space}第{space}{serial}{space}号"


def _spell(number: int) -> str:
    """A number below 10,000 in Chinese numerals."""
    digits = "零一二三四五六七八九"
    parts = [digits[int(digit)] + unit for digit, unit in zip(f"{number:04}", ("千", "百", "十", ""), strict=True)]
    text = re.sub("(?:零[千百十]?)+", "零", "".join(parts)).strip("零")
    return text.removeprefix("一") if 10 <= number < 20 else text


def _brackets(rng: Random) -> tuple[str, str]:
    """Brackets around the year; at times one or both are missing."""
    if rng.random() < 0.01:
        return _ENTITIES
    pair = rng.choice(_BRACKETS)
    return (pair[0], pair[1]) if len(pair) == 2 else ("", pair)
