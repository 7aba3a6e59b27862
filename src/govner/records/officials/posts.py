"""Patterns of posts and of parts in groups, over a text in which mentions are masked.

A masked text has `BODY` for every character of a mention of a body and `PERSON` for every one of a person's name, so
that a pattern tells 市财政局|局长|李树清 from words that only look alike, and offsets stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from govner.records.source import Mention
from govner.text.script import simplified_characters

BODY: Final = "\ue000"
PERSON: Final = "\ue001"

_TRADITIONAL: Final = re.compile("[長員記書處師隊總經導負責組]")
_PARTY: Final = (
    "党组|党委|党工委|工委|党总支|总支|党支部|支部|支委|纪委"
    "|纪检组|纪检监察组|纪工委|直属机关党委|机关党委|机关纪委|团委|团工委"
)
_GRADE: Final = (
    "(?:原|代理?|常务|第一|专职|兼职|执行|挂职|主持工作的?|派驻|驻[局厅委院]"
    "|机关|行政|业务|老|[一二三四]级|[正副][处科县厅局]级)"
)
# What is said of a post and is no part of it: 分管副局长, 新任局长, 时任县长.
TENURE: Final = "(?:分管|协管|主管(?![护药技医]师)|新任|现任|时任|继任|接任)(?!领导)"
_HEADS: Final = (
    "(?:组织|宣传|统战|武装|政法|纪检|监察|教务|总务|财务|政教|审计|市场|清扫|分|支|大|中|总|居委会?|村委会?)?"
    "副?(?:秘书|检察|审判|董事|理事|监事|护士|参谋|教育|[局厅部处科股室县市区镇乡旗州盟省所站院校队组关馆台团班段店社行司署园村庭会])"
    "(?:[(（][^()（）]{1,3}[)）])?长"
)
_PLACE: Final = "(?:全国|[省市县区州盟旗镇乡])?"
# 代表 alone is mostly a verb.
_REPRESENTATIVE: Final = (
    f"{_PLACE}(?:人大|党)代表|(?<![^\\s。，,;；:：、（(])代表|(?:学生|家长|教师|职工|群众|居民|村民|企业|市民|党员|商户|农民|工人|业主|行业)代表"
    f"|{_PLACE}政协(?:委员|常委)"
)
# What 员 stands for a post with; 党员, 队员, 学员, 工作人员 are none.
_KEEPER: Final = (
    "(?:监督|评议|信息|公开|讲解|播音|报送|护林|防疫|档案|管理|网格|译|调解|公证|审判|书记|辅导|协管|安全|督导|监察|值班|接线|导服|审核"
    "|预报|观测|测报|监测|巡查|巡护|巡河|护水|管水|抄表|机要|化验|检验|检疫|检测|采购|保管|保洁|统计|核算|技术|农技|植保|宣传|宣讲|解说"
    "|协理|审计|稽查|检查|巡视|调度|值守|驾驶|话务|客服|服务|代办|帮办|咨询|接待|引导|播报|放映|打字|文印|收发|资料|报账|普法|执法|法制"
    "|督查|督办|审查|保密|文化|计生|民政|综治|环保|河道|水管|快递|投递|押运|教|关|列车|学术|飞行)员"
)
_MASTER: Final = "(?:首席|高级|主任|助理)?(?:农艺|园艺|畜牧|兽医|工程|经济|会计|统计|规划|审计|药|技)师"
_POST: Final = (
    f"{_GRADE}{{0,2}}(?:(?:{_PARTY})?(?:第一)?副?书记|(?:{_PARTY}|常委|班子)(?:副|班子)?(?:委员|成员)|常委|(?:纪检监察组|纪检组|监察组)副?组长"
    f"|{_HEADS}|副?(?:县|市|区|州|旗)长助理|政治(?:委员|协理员)|(?:宣传|组织|纪检|统战)委员|{_REPRESENTATIVE}"
    "|(?:办公室|办事处|管委会|常委会|党政办|工会|编委会|支部|教研室|村委会|居委会|街道|政治部|车间)?副?主任(?:医师|科员|委员|律师)?|(?:监事会|董事会|工会)?副?主席"
    "|副?专员|行长助理|副?总(?:工程师|工|农艺师|经济师|会计师|统计师|规划师|畜牧师|审计师|兽医师|监察员|督学|编辑|经理|干事)|副总|副?调研员|副?巡视员|科员|督学"
    f"|政委|教导员|指导员|机要秘书|秘书|助理|{_MASTER}|高工|会计|出纳|医师|医生|护士|法官|检察官|律师|副?教授|讲师|副?研究员|(?:副?研究)?馆员|译审|编审|编译|专家|民警|(?:首席|社会|义务|特约|特邀|专职|兼职)?{_KEEPER}"
    "|(?<!退休)(?:[包驻][村片])?(?:干部|教师|老师)|副?总?经理|总理|总书记|(?:单位|主要)?负责人|(?:分管|主管|协管|主要|带班|责任|牵头|包联|包保|联系|挂点|挂包|值班|包[片抓]的?)领导|(?:新闻)?发言人"
    "|(?<![^\\W\\d_])(?:武装|宣传|组织|纪检|文化)?干事|专干|(?:副?总|副?主)编(?!辑)|总裁|主播|主持人|法定代表人|法人代表|村官|文书|法律顾问|阿訇|支书|总支书|村医|苏木达|嘎查达|委员(?!会))"
)
# White space and bodies are bounded and given back to nothing: a page of either takes a time linear in its length.
_GAP: Final = r"\s{0,20}+"
_ANY_BODY: Final = f"{BODY}{{0,80}}+"
_A_BODY: Final = f"{BODY}{{1,80}}+"
_ONE: Final = rf"{_POST}(?:{_GAP}[(（]{_GAP}{_POST}{_GAP}[)）])?"
POSTS: Final = (
    rf"{_ANY_BODY}{_GAP}{_ONE}"
    rf"(?:{_GAP}[、兼和与及/]{_GAP}(?:兼任?)?(?:{TENURE})?{_ANY_BODY}{_GAP}{_ONE}|{_A_BODY}{_ONE}){{0,12}}"
)
_IN_GROUP: Final = (
    r"(?:第\s*一\s*|常\s*务\s*|执\s*行\s*)?(?:副\s*)?组\s*长|成\s*员|组\s*员|委\s*员(?=\s*[:：])|委[\s\u3000]+员|(?:副\s*)?召\s*集\s*人|联\s*络\s*员"
    r"|(?:副\s*)?总\s*指\s*挥|(?:副\s*)?指\s*挥\s*长"
    r"|(?:第一|直接|主要)责任人|牵头人|领导小组办公室(?:副)?主任|办公室(?:副)?主任(?=\s*[:：])"
)
# What people do for the report itself or its page: a post if no other is said of them. A word that may be a verb
# begins a clause or a cell.
_ON_PAGE: Final = (
    r"联\s*系\s*人|责\s*任\s*编\s*辑|责编|作\s*者|审\s*[核定稿]\s*人|填\s*[报表]\s*人|单位负责人|经\s*办\s*人|撰\s*稿\s*人|记\s*者|通\s*讯\s*员|小编"
    r"|授\s*课\s*人|拟\s*稿\s*人|签\s*发\s*人|录\s*入\s*人|主\s*讲\s*人|听证人|受\s*理\s*人|信\s*息\s*员|制\s*表\s*人|责任人|发布人"
    r"|(?<![^\s(（|,，;；。:：、])(?:联\s*系|编\s*辑|审\s*核|填\s*[报表]|录\s*入|经\s*办|供\s*图|摄\s*影|撰\s*稿|授\s*课|[拟审核统]\s*稿|签\s*发|校\s*对|终\s*审|初\s*审|复\s*审"
    r"|审\s*签|打\s*字|主\s*讲|制\s*表)"
)
_BREAK: Final = r"[\s\u3000|]{0,20}+"

# The body a group is of, before a post in it: 委党组书记, 局党委委员.
_OWNER: Final = "[局委厅院校站所会社县市区镇乡旗州](?=党|委|纪|常)"
# 组长：, 副组长由, 联系人:, 局长, 领导小组组长由局长 … before a name.
_BEFORE: Final = re.compile(
    rf"(?:(?P<group>{_ANY_BODY}){_BREAK}(?:(?P<role>{_IN_GROUP})|(?P<task>{_ON_PAGE}))(?P<link>{_BREAK}[:：︰﹕]?{_BREAK}|由|为|是|分别(?:由|为)|[:：]?由))?"
    rf"(?:{_OWNER})?(?:(?P<posts>{POSTS})(?P<colon>{_BREAK}[:：])?|{_A_BODY})?{_BREAK}$"
)
# Characters that stand in no role or post: what is before a name is looked for behind the last.
_CLAUSE: Final = re.compile(r"(?s:.{0,100})[。，,;；.!！?？…《》“”0-9A-Za-z]")
# 财政局（李树清）, 财政局/李树清, 财政局李树清.
BODY_BEFORE: Final = re.compile(rf"(?P<body>{_A_BODY}){_GAP}[的(（/]?{_GAP}$")
# 李树清（局长）.
IN_BRACKETS: Final = re.compile(rf"{_GAP}[(（](?P<inside>[^()（）\n]{{1,48}})[)）]")
# 李树清（女，畲族，局党组书记、局长）; what comes before the post and is no mention is its body too.
ONLY_POSTS: Final = re.compile(
    rf"{_GAP}(?:(?:[男女]|[^\W\d_]{{1,5}}族)[，,、\s]{{1,20}}+){{0,4}}(?:{TENURE})?[^\W\d_{PERSON}]{{0,8}}?(?P<posts>{POSTS}){_GAP}(?:[，,、].{{0,12}})?"
)
ONLY_BODY: Final = re.compile(rf"{_GAP}(?P<body>{_A_BODY}){_GAP}")
# 李树清局长, 李树清代表提出的建议.
AFTER: Final = re.compile(
    rf"(?:同志)?(?P<posts>{_ANY_BODY}(?:{_POST}|代表(?=[提的反所等、，,。；;（(《]|建议|意见|关于)))"
)
# 李树清  党组书记、局长 in a roster.
IN_ROSTER: Final = re.compile(rf"[\s\u3000|]{{1,20}}+(?:{_OWNER})?(?P<posts>{POSTS})(?=[\s，,;；。、|/（(]|$)")
_NUMBER: Final = rf"(?:\d{{1,3}}|[一二两三四五六七八九十]{{1,3}}){_GAP}"
# 李树清任组长, 李树清同志为局政务公开领导小组副组长, 李树清兼任办公室主任, 李树清等5名同志为义务监督员.
GETS: Final = re.compile(
    rf"{_GAP}(?:同志)?{_GAP}(?:等?{_GAP}{_NUMBER}[名位人个]?{_GAP}(?:同志)?|等{_GAP}(?:同志)?)?{_GAP}(?:(?:为|任|当|兼|担任|兼任|出任|接任|作|做|继续担任|分别担任|分别任|同时兼任){_GAP}){{1,2}}"
    rf"(?P<group>{_ANY_BODY}){_GAP}(?:(?P<role>{_IN_GROUP}|领导小组办公室(?:副)?主任|(?:该)?办公室(?:副)?主任|第一责任人)(?:的(?P<of>{_A_BODY}))?|(?P<posts>{POSTS}))"
)
# 李树清、林青禾两位副局长, 李树清等政协委员.
TOGETHER: Final = re.compile(rf"{_GAP}(?:等{_GAP}(?:{_NUMBER}[名位个])?|{_NUMBER}[名位]){_GAP}(?P<posts>{POSTS})")
# What a post or role before a name ends with; before most names of a list nothing of it stands.
_ENDS: Final = frozenset(
    "长记员任席委理书师学官授家警部问訇医人由为是察者辑核像影对审签字作入图:：︰﹕|班挥总工办报打责稿表导达系计纳士理讲课发编事播干裁译)）"
    + BODY
)
# What stands between the names of one list beside posts and bodies.
_LIST: Final = re.compile(
    rf"(?:[\s\u3000、，,;；|/]|和|与|及|以及|同志|[(（][^()（）\n]{{0,48}}[)）]|{POSTS}|{BODY})*+"
)
_SHARED: Final = re.compile(r"[\s\u3000]*(?:[、和与及]|以及)?[\s\u3000]*")


def mask(text: str, mentions: Iterable[Mention]) -> str:
    """Mask the bodies and persons of a text.

    text (str): The text.
    mentions (Iterable[Mention]): Its mentions, in order.
    RETURNS (str): As long as the text, in simplified script.
    """
    pieces = []
    done = 0
    for mention in mentions:
        sign = BODY if mention.label == "AGENCY" else PERSON if mention.label == "OFFICIAL" else ""
        if sign:
            pieces += [text[done : mention.start], sign * (mention.end - mention.start)]
            done = mention.end
    masked = "".join(pieces) + text[done:]
    return masked.translate(_simplified()) if _TRADITIONAL.search(masked) else masked


@cache
def _simplified() -> dict[int, str]:
    return str.maketrans(simplified_characters())


def find_before(masked: str, start: int, end: int) -> re.Match[str] | None:
    """Find the role and posts before a name.

    masked (str): By `mask`.
    start, end (int): From where it can begin; where the name begins.
    RETURNS (re.Match | None): With groups `role` (in a group), `group` (its body), `task` (what is done for the page),
        `posts` and `colon` (behind the posts), each where it stands.
    """
    last = masked[start:end].rstrip()[-1:]
    if last not in _ENDS or not last:
        return None
    clause = _CLAUSE.match(masked, start, end)
    return _BEFORE.search(masked, clause.end() if clause else start, end)


def is_one_list(between: str) -> bool:
    """Whether what stands between two names leaves them in one list."""
    return _LIST.fullmatch(between) is not None


def shares_post(between: str) -> bool:
    """Whether a name is joined to the one before, whose post it then has too: 副局长张三、李四."""
    return _SHARED.fullmatch(between) is not None
