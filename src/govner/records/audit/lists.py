"""Wholes with the list of their parts, as sentences give them, and whether the list claims to be complete."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from govner.records.schema import Fact
from govner.records.source import Source

_LABEL: Final = r"[^，,。；;：:、（(）)\d]{0,18}"
# Between a whole and its first part: a bracket, a colon or a comma, 其中 or 分别, what the parts differ in, a label.
_LINK: Final = re.compile(
    r"(?:申请|信息|政府信息|案件)?\s{0,20}(?:(?P<open>[（(])|(?P<colon>[：:])|[，,、；;])\s{0,20}"
    r"(?:(?P<word>其中|包括|含|分别[是为]|按[^，,：:]{1,8}分|从[^，,：:]{1,8}看)\s{0,20})?"
    rf"(?:(?P<second>[：:，,])\s{{0,20}})?(?P<label>{_LABEL})"
)
_NEXT: Final = re.compile(
    rf"(?P<tail>{_LABEL})(?P<mark>[、，,；;])\s{{0,20}}(?:和|及|以及)?(?P<label>{_LABEL})"
    rf"|(?P<joint>{_LABEL}?)[和及与](?P<joined>{_LABEL})"
)
_END: Final = re.compile(r"(?P<tail>[^，,。；;：:、（(）)\d\n]{0,18}?)(?P<mark>[。；;，,）)：:\n]|\.(?!\d)|\Z|等)")
_ASIDE: Final = re.compile(r"[（(][^（()）]*[）)]")
_OPEN: Final = re.compile(r"[（(]")
_CLOSE: Final = re.compile(r"[）)]")
_LONGEST_ASIDE: Final = 80
_LONGEST_GAP: Final = 60
# 等208条 ends a list that goes on, 《青禾日报》等媒体208条 is a part.
_AND_SO_ON: Final = r"等(?!媒体|渠道|平台|方式|途径|形式|网站)"
# A figure that is no part of what came before: compared, left over, done with it, or the same once more.
_OTHER_FIGURE: Final = re.compile(
    r"同比|[比较][上去2]|上年|去年|增|减|下降|结转|办结|答复|办理|办复|累计|共|合计|总|占|均|每|金额|另|此外|未|目标|要求"
    rf"|历年|(?<!门)户|次年|下年|余|{_AND_SO_ON}|约|最|已|回复|采纳|整改|完成"
)
_TOTAL_LAST: Final = re.compile(
    r"(?P<tail>[^，,。；;：:、（(）)\d]{0,8})[，,；;]?\s{0,20}(?:累计|共计|合计|总计|总共|共)\s{0,20}[^，,。；;：:、（(）)\d]{0,6}"
)
# What every word for a total holds.
_SUMMED: Final = re.compile("[共计]")
# What ways to apply, outcomes and the like are called: parts that exclude each other and are given in full.
_MODE: Final = re.compile(
    r"网[上络站]|信函|来[信函]|邮[寄件箱]|挂号|电邮|当面|现场|窗口|上门|传真|书面|平台|系统|柜台|到场|寄来|递交"
)
_OUTCOME: Final = re.compile(
    r"公开|不存在|不掌握|不属于?|非本机关|告知|补正|撤[回销]|更改|补充|移送|第三方|不予|重复|信访|制作"
)
_REMEDY: Final = re.compile(
    r"维持|纠正|纠错|撤销|驳回|其[他它]|未审?结|审理中|在审|终止|调解|责令|重答|确认违法|变更|撤诉|撤回|胜诉|败诉"
)
_ACTION: Final = re.compile(r"新制定|制定|新增|修[改订]|废止|失效|继续有效|保留|新制")
_KINDS: Final = (_OUTCOME, _REMEDY, _ACTION)
_REST: Final = re.compile(r"\s{0,20}(?:其[他它余]|余\s{0,20}$)")
_PAIRS: Final = (
    ("建议", "提案"),
    ("专职", "兼职"),
    ("按时", "延期"),
    ("主办|领办", "会办|协办|分办"),
    ("直接", "复议后"),
    ("公民|个人|自然人", "法人|企业|单位|组织|公司|机构|事务所"),
)
_PARTIAL: Final = re.compile(rf"主要|重点|[余多]|{_AND_SO_ON}")
_CHANNEL: Final = re.compile(r"网|微博|微信|公报|栏|屏|报|平台|公众号|电视|广播|头条|抖音|号|频道|渠道|客户端|APP")
_OUTCOME_LAST: Final = re.compile(rf"(?:{_OUTCOME.pattern})[”\"』」]?的?(?:有|为)?\s*$")
_PUBLISHED: Final = re.compile(r"主动公开|公开(?:各类|政府|政务|相关|有关)*信息|全年公开|共公开")
_TOTAL_LEAD: Final = re.compile(r"共|全年|总|累计|收到|受理|答复|办结|接到|全[市县区]|本年|今年|合计")
# 较上年多21件 is no whole; 1件转入次年 no part.
_CHANGE: Final = re.compile(r"[比较](?:[上去]|20|前)|同比|增[加长]|减少|净增")
_LEFT_OVER: Final = re.compile(r"转入|结转|次年|下年|上年|转来|另|未到期")
_LEAD: Final = 24
_MARKS: Final = re.compile(r"[，,、：:；;（(]")


@dataclass(frozen=True)
class FigureList:
    """A whole and its parts, all exact and of one unit.

    complete (bool): The sentence gives all parts there are.
    may_overlap (bool): One thing can count in several parts (one item of information on two channels).
    """

    whole: Fact
    parts: tuple[Fact, ...]
    complete: bool
    may_overlap: bool


@dataclass
class _Reading:
    """Parts read so far with their labels, and what ends them: a mark, or "" where the list is broken off."""

    parts: list[Fact]
    labels: list[str]
    end: str = ""


def find_lists(facts: Sequence[Fact], source: Source) -> Iterator[FigureList]:
    """Find the wholes that are followed by parts, and the lists that end in their total.

    facts (Sequence[Fact]): Of a report, in order.
    source (Source): The report.
    YIELDS (FigureList): In order; a part with further parts behind it in the list is no whole.
    """
    figures = [fact for fact in facts if not fact.is_zero_statement and fact.unit != "%"]
    taken: set[int] = set()
    for place, fact in enumerate(figures):
        if not _is_exact(fact) or fact.evidence.start in taken:
            continue
        for listed in (_parts_after(figures, place, source), _parts_before(figures, place, source)):
            if listed is None:
                continue
            yield listed
            taken.update(part.evidence.start for part in listed.parts)


def _parts_after(figures: Sequence[Fact], place: int, source: Source) -> FigureList | None:
    whole = figures[place]
    if place + 2 >= len(figures):
        return None
    link = _LINK.fullmatch(source.text, whole.evidence.end, figures[place + 1].evidence.start)
    if link is None or _is_other(link["label"]) or _is_member(whole, link, source):
        return None
    read = _read_parts(figures, place + 1, link["label"], source)
    if len(read.parts) < 2 or not read.end or any(part.unit != whole.unit for part in read.parts):
        return None
    if (link["open"] and read.end not in "）)") or any(_LEFT_OVER.search(label) for label in read.labels):
        return None
    overlaps = all(_CHANNEL.search(label) for label in read.labels) and not all(map(_MODE.search, read.labels))
    complete = _is_complete(read, link) or bool(link["open"] and _is_nearly_all(whole, read, link))
    return FigureList(whole, tuple(read.parts), complete, overlaps)


def _parts_before(figures: Sequence[Fact], place: int, source: Source) -> FigureList | None:
    """A list that ends in 累计, 共计 or 合计 with its total."""
    total = figures[place]
    if not place or not _SUMMED.search(source.text, figures[place - 1].evidence.end, total.evidence.start):
        return None
    parts: list[Fact] = []
    for part in reversed(figures[:place]):
        gap = _ASIDE.sub("", source.text[part.evidence.end : (parts[-1] if parts else total).evidence.start])
        match = (_NEXT if parts else _TOTAL_LAST).fullmatch(gap)
        if match is None or part.unit != total.unit or not _is_exact(part):
            break
        if parts and _OTHER_FIGURE.search(match["label"] or ""):
            return None
        parts.append(part)
    if len(parts) < 2:
        return None
    start = parts[-1].evidence.start
    lead = source.text[max(source.sentence_at(start)[0], start - _LEAD) : start]
    if _OTHER_FIGURE.search(_MARKS.split(lead)[-1]) or "其中" in lead or _OPEN.search(lead):
        return None
    return FigureList(total, tuple(reversed(parts)), True, False)


def _is_member(whole: Fact, link: re.Match[str], source: Source) -> bool:
    """Whether what looks like a whole is itself an item of a list (网络8件，信函5件), or a change."""
    start = max(source.sentence_at(whole.evidence.start)[0], whole.evidence.start - _LEAD)
    lead = _MARKS.split(source.text[start : whole.evidence.start])[-1]
    if _CHANGE.search(lead):
        return True
    # What a bracket takes apart is its whole, whatever list that stands in.
    if link["open"]:
        return False
    if _REMEDY.search(lead) or (_MODE.search(lead) and not _TOTAL_LEAD.search(lead)):
        return True
    if _OUTCOME_LAST.search(lead) and not _PUBLISHED.search(lead):
        return True
    # With a comma alone, the words before the whole must tell that it is one.
    return not (link["colon"] or link["word"] or link["second"] or _TOTAL_LEAD.search(lead))


def _read_parts(figures: Sequence[Fact], place: int, label: str, source: Source) -> _Reading:
    read = _Reading([figures[place]], [label])
    marks: set[bool] = set()
    while _is_exact(figures[place]):
        gap, after = _gap(figures, place, source)
        step = _NEXT.fullmatch(gap) if after < len(figures) else None
        following = (step["label"] or step["joined"] or "") if step else ""
        # A semicolon ends a list of commas, and a comma one of semicolons.
        mixed = step is not None and step["mark"] is not None and len(marks | {step["mark"] in "；;"}) > 1
        if step is None or mixed or _is_other(following):
            end = _END.match(gap)
            if end is not None:
                read.labels[-1] += end["tail"]
                read.end = end["mark"] or ("。" if after == len(figures) else "")
            return read
        if step["mark"] is not None:
            marks.add(step["mark"] in "；;")
        read.labels[-1] += step["tail"] or step["joint"] or ""
        read.labels.append(following)
        read.parts.append(figures[after])
        place = after
    return _Reading(read.parts, read.labels)


def _is_other(words: str) -> bool:
    """Whether what stands before a figure tells that it is no part, and is no label of one (已主动公开, 其他)."""
    label = _REST.match(words) or _OUTCOME.search(words) or _REMEDY.search(words)
    return label is None and _OTHER_FIGURE.search(words) is not None


def _gap(figures: Sequence[Fact], place: int, source: Source) -> tuple[str, int]:
    """Text up to the next figure that stands outside brackets, and the place of that figure."""
    start = figures[place].evidence.end
    after = place + 1
    if _OPEN.match(source.text, start):
        close = _CLOSE.search(source.text, start, start + _LONGEST_ASIDE)
        start = close.end() if close else start
        while after < len(figures) and figures[after].evidence.start < start:
            after += 1
    limit = figures[after].evidence.start if after < len(figures) else len(source.text)
    return source.text[start : min(limit, start + _LONGEST_GAP)], after


def _is_complete(read: _Reading, link: re.Match[str]) -> bool:
    labels = read.labels
    # At the end of a line the list may go on.
    if read.end in "等\n" or _is_partial(labels):
        return False
    if _REST.match(labels[-1]) or all(map(_MODE.search, labels)):
        return True
    if len(labels) == 2 and any(_is_pair(labels, *pair) or _is_pair(labels[::-1], *pair) for pair in _PAIRS):
        return True
    word = link["word"] or ""
    if len(labels) > 2 and word != "其中" and any(all(map(kind.search, labels)) for kind in _KINDS):
        return True
    # 4件（维持3件、责令重新答复1件）
    if link["open"] and word != "其中" and any(all(map(kind.search, labels)) for kind in (_REMEDY, _ACTION)):
        return True
    # 20件（信函10件、网络6件、当面4件）, but not 5230条（藏文版880条、蒙文版412条）.
    if link["open"] and len(labels) > 2:
        return True
    # 全年公开191条：网站103条，公众号41条，公示栏47条。
    colon = link["colon"] or link["second"] in ("：", ":")
    return bool((colon and not word) or word.startswith(("分别", "按"))) and read.end in "。；;."


def _is_partial(labels: Sequence[str]) -> bool:
    """Whether a label tells that there are others; 余762条 as the last is the rest itself."""
    return any(_PARTIAL.search(label) and not _REST.match(label) for label in labels)


def _is_nearly_all(whole: Fact, read: _Reading, link: re.Match[str]) -> bool:
    """Whether parts in a bracket, not said to be some of many, leave little of the whole or exceed it."""
    if link["word"] == "其中" or _is_partial(read.labels):
        return False
    total = sum(part.value for part in read.parts if part.value is not None)
    return whole.value is not None and total * 5 >= whole.value * 4


def _is_pair(labels: Sequence[str], first: str, second: str) -> bool:
    return bool(re.search(first, labels[0]) and re.search(second, labels[1]))


def _is_exact(fact: Fact) -> bool:
    return fact.bound == "exact" and fact.value is not None
