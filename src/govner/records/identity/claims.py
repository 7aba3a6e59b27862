"""What the places of a report where its issuer stands say: title, signature, index table, preamble, source line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from govner.records.identity.dates import DATE
from govner.records.identity.names import clean_name, is_body, simplify
from govner.records.identity.regions import split_head
from govner.records.source import Paragraph, Source

ClaimKind = Literal["title", "letterhead", "signature", "preamble", "index", "origin", "site"]

_WORK: Final = (
    "信息公开|务公开|主动公开|依申请公开|公开(?:工作|事项|目录|指南|领域)|信恩公开|信息公$|新闻发布|政府网站|新媒体"
    "|政策解读|舆情"
)
_FORM: Final = (
    r"(?:年度?报告?|报告|年报|总结|小结|汇报|说明|通报|方案|要点|指南|计划|安排|目录|办法|细则|分工表?|分解表|通知|意见|公告|制度|规定|清单"
    r"|情况|台账|任务表?|一览|须知|措施|工作)"
)
_TITLE: Final = re.compile(_WORK + "|年报|年度报告")
_TITLE_END: Final = re.compile(_FORM + r"(?:[(（〈《\[][^)）]{0,20}[)）〉》\]])?[》”\"〉.。]*$")
_FURNITURE: Final = re.compile(
    r"首\s*页|位置|>>|&gt;|[>＞»→]|[上下]一[篇条]|相关|附件|抄[送报]|[版權权]所有|主办|Copyright|点击|浏览|友情链接|打印|ICP|[。;；]\s*\S"
)
# Fields of an index table that hold a title.
_NAMED: Final = re.compile(r"(?:标\s*题|信息名称|文件名称|名\s*称)\s*[:：|]\s*(?P<title>[^\s|]{6,60})")
_FIELDS: Final[tuple[tuple[ClaimKind, re.Pattern[str]], ...]] = (
    (
        "index",
        re.compile(
            r"(?:发\s*[布文]\s*(?:机\s*[构关]|单\s*位|部\s*门)|(?:公开|制发|成文|编制|填报|责任)(?:机[构关]|单位|部门|主体))(?:[(（]盖章[)）])?"
            r"[\s\u3000]{0,20}[:：|]?[\s\u3000|]{0,20}(?P<name>[^\s|:：,，;；。\[\]【】<>]{2,40})"
        ),
    ),
    (
        "origin",
        re.compile(r"(?:来[ \u3000]*源|供稿)[ \u3000]*[:：|][ \u3000|]*(?P<name>[^\s|:：,，;；。\[\]【】<>〗]{2,40})"),
    ),
    (
        "site",
        re.compile(
            r"(?:主办(?:单位)?|[版權权]所有|承办(?:单位)?|Copyright[^\n\u4e00-\u9fff]{0,24})"
            r"[ \u3000]{0,20}[:：|©]?[ \u3000]{0,20}(?P<name>[\u4e00-\u9fff]{3,30})"
        ),
    ),
)
_COMPILED: Final = re.compile(
    r"由(?P<name>[^，。,;；:：由]{3,40}?)(?:组织|负责|综合|根据|依据|按照|汇总|牵头)?(?:编制|编写|编发|编成|编就|编印|制作|撰写|写成|起草|发布|形成)"
    r"|(?P<self>[\u4e00-\u9fff]{4,30})[(（](?:以下|下)?(?:统|简)?称[“\"]?(?:本|我)"
)
_SIGNED_REST: Final = re.compile(
    r"[\s\u3000()（）:：,，。.\-—_“”\"|]|盖章|公章|印发|编制|印章?|代章|签章|\d{1,2}:\d\d(?::\d\d)?"
)
_LINES: Final = 40
_NOT_SIGNED: Final = re.compile(r"[，,；;]|链接|[:：]\s*$")
# A line that goes on from none: a title of its own, or one in brackets.
_BEGINS_ANEW: Final = re.compile(
    r"关于|[(（\[【]|[2２二][0-9０-９〇○零OoО一二三四五六七八九]{3}年|[^政]{2,8}[省市县区州旗乡镇](?!场|政)"
)
_NAME: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff〇()（）]{3,36}")
_YEAR_FIRST: Final = re.compile(r"^[^年]{4,6}年(?:度)?|^年度")
_YEAR_LAST: Final = re.compile(r"[2２二][^年]{3,5}年(?:度)?$")
# What stands before a title on its line: the name of a field, a code of an index.
_BEFORE_TITLE: Final = re.compile(r"^(?:名称|标题|题名|文件名)[:：|]?|^[A-Z]{1,4}[-\dA-Z/]{6,}|^.*?——|^[-—:：《〈“\"]+")
_HEAD_END: Final = re.compile(
    r"关于|[2２][0０OoО〇]\s?[0-4O１lI]\s?[0-9０-９OolI]\s?年|二[〇○零0OoОＯ][一二三〇○零0O][一二三四五六七八九〇○零0OО]\s?年|年度"
    r"|政府信息|政府信恩|(?:政务|党务|院务|校务|警务|厂务|站务|办事|信息)(?:信息)?公开?(?!开?(?:工作)?(?:办|领导|协调|服务|政务|监督))"
    r"|主动公开|依申请|政府网站|政务新媒体|新闻发布|政策解读|基层政务|晒出|公布"
)


@dataclass(frozen=True)
class Claim:
    """A name that stands where the issuer of a report is named.

    kind (ClaimKind): Where.
    name (str): The name without white space; a place alone (淀浦区) stands for its government.
    start, end (int): The passage.
    """

    kind: ClaimKind
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Title:
    """The title of a report: its words without white space, and where its lines stand."""

    words: str
    start: int
    end: int


def find_title(source: Source) -> Title | None:
    """Find the title of a report.

    source (Source): The report.
    RETURNS (Title | None): The line, with the one before it where that is only a body's name, and the rest of a
        broken line; None without one.
    """
    lines = _front(source)
    best: tuple[float, Title] | None = None
    for number, paragraph in enumerate(lines):
        title = _read_title(lines, number, paragraph)
        score = _title_score(title.words) if title else 0
        if title is not None and score and (best is None or score > best[0]):
            best = score, title
    return best[1] if best else None


def _read_title(lines: list[Paragraph], number: int, paragraph: Paragraph) -> Title | None:
    """A line as a title, with the lines before and after that belong to it."""
    if (named := _NAMED.search(paragraph.text)) and _TITLE.search(named["title"]):
        start, end = paragraph.start + named.start("title"), paragraph.start + named.end("title")
        return Title(simplify(named["title"]), start, end)
    if _FURNITURE.search(paragraph.text) or len(paragraph.text) > 90:
        return None
    words, start, end = simplify(paragraph.text), paragraph.start, paragraph.end
    following = lines[number + 1] if number + 1 < len(lines) else None
    if following is not None and following.label == "META" and len(words) > 12 and not _TITLE_END.search(words):
        rest = simplify(following.text)
        if _TITLE_END.search(words + rest) and len(words + rest) < 90 and not _BEGINS_ANEW.match(rest):
            words, end = words + rest, following.end
    before = lines[number - 1] if number else None
    if before is not None and _is_name_alone(before.text) and not split_head(words).places:
        words, start = simplify(before.text).removesuffix("文件") + words, before.start
    return Title(words, start, end)


def find_claims(source: Source, title: Title | None) -> list[Claim]:
    """Find the names that stand where the issuer of a report is named.

    source (Source): The report.
    title (Title | None): Its title.
    RETURNS (list[Claim]): All of them, in no order.
    """
    claims = [*_title_claims(source, title), *_signatures(source)]
    for paragraph in _front(source):
        name = simplify(paragraph.text)
        if name.endswith("文件") and is_body(name[:-2]):
            claims.append(Claim("letterhead", name[:-2], paragraph.start, paragraph.end))
    for paragraph in source.paragraphs:
        if paragraph.label in ("META", "NOISE", "PREAMBLE"):
            claims += _fields_of(source, paragraph)
        if paragraph.label in ("PREAMBLE", "OVERVIEW") and paragraph.start < 1500:
            claims += _compilers(paragraph)
    return claims


def _front(source: Source) -> list[Paragraph]:
    """The lines among which the title is: those at the beginning, the ones labelled as identification first."""
    first = source.paragraphs[:20]
    return [paragraph for paragraph in first if paragraph.label == "META"] or list(first[:8])


def _title_score(words: str) -> float:
    if len(words) < 6 or not _TITLE.search(words):
        return 0
    head = split_head(_YEAR_FIRST.sub("", words))
    return 2 + 2 * bool(_TITLE_END.search(words)) + bool(_HEAD_END.search(words)) + 1.5 * bool(head.places)


def _is_name_alone(text: str) -> bool:
    name = _YEAR_LAST.sub("", simplify(text).removesuffix("文件"))
    return 4 <= len(name) <= 30 and is_body(name) and bool(split_head(name).places) and not _HEAD_END.search(name)


def _title_claims(source: Source, title: Title | None) -> Iterator[Claim]:
    """Whose report the title says it is: the body it begins with, or the place."""
    if title is None:
        return
    words = _BEFORE_TITLE.sub("", title.words)
    bodies = source.mentions_in(title.start, title.end, "AGENCY")
    for part in (words, *re.findall(r"[《〈](.*)", words)):
        end = _HEAD_END.search(part)
        if end and end.start() == 0 and not part.startswith("关于"):
            # The year before the name: 2011年淀浦区政府信息公开….
            part = _YEAR_FIRST.sub("", part)
            end = _HEAD_END.search(part)
        # Two bodies report together: the first is whose report it is.
        name = (part[: end.start()] if end else part).partition("、")[0]
        head = split_head(name)
        if head.places and not head.rest:
            yield Claim("title", name, title.start, title.end)
            return
        if _NAME.fullmatch(name) and is_body(clean_name(name)) and not name.startswith("全"):
            first = simplify(bodies[0].text) if bodies else ""
            joined = len(bodies) > 1 and name.startswith(first + simplify(bodies[1].text))
            yield Claim("title", first if joined else name, title.start, title.end)
            return
    if bodies and _NAME.fullmatch(clean_name(bodies[0].text)):
        yield Claim("title", bodies[0].text, title.start, title.end)


def _signatures(source: Source) -> Iterator[Claim]:
    """Lines near the end that hold nothing but a body's name and perhaps a date."""
    last = source.paragraphs[-14:]
    # A circular is signed before the plan it sends out; in a report of a few lines the title is among the last.
    earlier = [one for one in source.paragraphs[1:-14] if one.label == "META"][:_LINES]
    for paragraph in (*earlier, *last[max(0, 2 - (len(source.paragraphs) - len(last))) :]):
        if len(paragraph.text) > 160 or _NOT_SIGNED.search(paragraph.text):
            continue
        left = _SIGNED_REST.sub("", DATE.sub("", paragraph.text))
        mentions = source.mentions_in(paragraph.start, paragraph.end, "AGENCY")
        name = _SIGNED_REST.sub("", mentions[0].text) if mentions else left
        is_name = bool(_NAME.fullmatch(name)) and is_body(name) and (bool(mentions) or bool(split_head(name).places))
        if is_name and len(left) - len(name) <= 2 and name in left:
            start, end = (mentions[0].start, mentions[0].end) if mentions else (paragraph.start, paragraph.end)
            yield Claim("signature", mentions[0].text if mentions else name, start, end)


def _fields_of(source: Source, paragraph: Paragraph) -> Iterator[Claim]:
    # The value can stand on the line after its field.
    for kind, pattern in _FIELDS:
        for match in pattern.finditer(source.text, paragraph.start, min(len(source.text), paragraph.end + 40)):
            if match.start() >= paragraph.end:
                break
            mention = next(iter(source.mentions_in(match.start("name"), match.end("name"), "AGENCY")), None)
            if mention is not None and mention.start == match.start("name"):
                yield Claim(kind, mention.text, mention.start, mention.end)
            elif is_body(clean_name(match["name"])):
                yield Claim(kind, match["name"], match.start("name"), match.end("name"))


def _compilers(paragraph: Paragraph) -> Iterator[Claim]:
    for match in _COMPILED.finditer(paragraph.text):
        group = "name" if match["name"] else "self"
        name = match[group]
        if is_body(clean_name(name)):
            start = paragraph.start + match.start(group)
            yield Claim("preamble", name, start, start + len(name))
