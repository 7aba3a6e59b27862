"""What the tests of the audit share: short reports in the inline format, read with the real components."""

import spacy

from govner.corpus.inline import Report, parse_report
from govner.corpus.reader import report_to_doc
from govner.records.audit import audit
from govner.records.facts.reader import read_facts
from govner.records.identity.reader import read_identity
from govner.records.national.reader import read_tables
from govner.records.schema import Finding, Record
from govner.records.source import Source, read_source

VOCAB = spacy.blank("zh").vocab

REQUESTS_TABLE = """REQUESTS	三、收到和处理政府信息公开申请情况
REQUESTS	申请人情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计
REQUESTS	一、本年新收政府信息公开申请数量 {new} 3 0 0 1 0 {new_total}
REQUESTS	二、上年结转政府信息公开申请数量 1 0 0 0 0 0 1
REQUESTS	三、本年度办理结果 （一）予以公开 5 2 0 0 1 0 8
REQUESTS	（二）部分公开（区分处理的，只计这一情形，不计其他情形） 2 0 0 0 0 0 2
REQUESTS	（三）不予公开 1.属于国家秘密 0 0 0 0 0 0 0
REQUESTS	2.其他法律行政法规禁止公开 0 0 0 0 0 0 0
REQUESTS	3.危及“三安全一稳定” 0 0 0 0 0 0 0
REQUESTS	4.保护第三方合法权益 {third} 0 0 0 0 0 1
REQUESTS	5.属于三类内部事务信息 0 0 0 0 0 0 0
REQUESTS	6.属于四类过程性信息 0 0 0 0 0 0 0
REQUESTS	7.属于行政执法案卷 0 0 0 0 0 0 0
REQUESTS	8.属于行政查询事项 0 0 0 0 0 0 0
REQUESTS	（四）无法提供 1.本机关不掌握相关政府信息 1 1 0 0 0 0 2
REQUESTS	2.没有现成信息需要另行制作 0 0 0 0 0 0 0
REQUESTS	3.补正后申请内容仍不明确 0 0 0 0 0 0 0
REQUESTS	（五）不予处理 1.信访举报投诉类申请 0 0 0 0 0 0 0
REQUESTS	2.重复申请 0 0 0 0 0 0 0
REQUESTS	3.要求提供公开出版物 0 0 0 0 0 0 0
REQUESTS	4.无正当理由大量反复申请 0 0 0 0 0 0 0
REQUESTS	5.要求行政机关确认或重新出具已获取信息 0 0 0 0 0 0 0
REQUESTS	（六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 0 0 0 0 0 0 0
REQUESTS	2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 0 0 0 0 0 0 0
REQUESTS	3.其他 0 0 0 0 0 0 0
REQUESTS	（七）总计 9 3 0 0 1 0 13
REQUESTS	四、结转下年度继续办理 {forward} 0 0 0 0 0 1
"""
_RESULTS = "结果维持 结果纠正 其他结果 尚未审结 总计"
REMEDIES_TABLE = f"""LITIGATION	四、政府信息公开行政复议、行政诉讼情况
LITIGATION	行政复议 行政诉讼
LITIGATION	未经复议直接起诉 复议后起诉
LITIGATION	{_RESULTS} {_RESULTS} {_RESULTS}
LITIGATION	2 1 0 0 {{reviews}} 1 0 0 0 1 0 0 0 1 1
"""
DISCLOSURE_TABLE = """PROACTIVE	二、主动公开政府信息情况
PROACTIVE	第二十条第（一）项
PROACTIVE	信息内容 本年制发件数 本年废止件数 现行有效件数
PROACTIVE	规章 0 0 0
PROACTIVE	行政规范性文件 {issued} {repealed} {in_force}
PROACTIVE	第二十条第（五）项
PROACTIVE	信息内容 本年处理决定数量
PROACTIVE	行政许可 27
PROACTIVE	第二十条第（六）项
PROACTIVE	信息内容 本年处理决定数量
PROACTIVE	行政处罚 3
PROACTIVE	行政强制 0
PROACTIVE	第二十条第（八）项
PROACTIVE	信息内容 本年收费金额（单位：万元）
PROACTIVE	行政事业性收费 0
"""


def report(*lines: str, year: int = 2022, title: str | None = None) -> Report:
    """An annual report of 青禾县民政局 with these lines between title and signature."""
    head = title or f"{{AGENCY:青禾县民政局}}{year}年政府信息公开工作年度报告"
    body = "\n".join(line.rstrip("\n") for line in lines)
    front = f"---\nid: qinghe\nyear: {year}\n---\n"
    return parse_report(f"{front}META\t{head}\n{body}\nMETA\t{{AGENCY:青禾县民政局}}\nMETA\t{year + 1}年1月20日\n")


def national(text: str, year: int = 2022, **cells: object) -> Report:
    """A report of the national format whose overview says `text`, with cells changed."""
    filled = {"new": 9, "new_total": 13, "third": 1, "forward": 1, "reviews": 3} | cells
    documents = {"issued": 2, "repealed": 1, "in_force": 11} | cells
    return report(
        "OVERVIEW\t一、总体情况",
        f"REQUESTS\t{text}",
        DISCLOSURE_TABLE.format(**documents),
        REQUESTS_TABLE.format(**filled),
        REMEDIES_TABLE.format(**filled),
        "PROBLEMS\t五、存在的主要问题及改进情况",
        "PROBLEMS\t解读形式单一，将增加图解。",
        "OTHER\t六、其他需要报告的事项",
        "FEES\t未收取信息处理费。",
        year=year,
    )


def read(annotated: Report) -> tuple[Record, Source]:
    """Record and source of a report."""
    source = read_source(report_to_doc(annotated, VOCAB))
    record = Record(
        id="qinghe",
        characters=len(source.text),
        identity=read_identity(source),
        sections=(),
        mentions=(),
        facts=read_facts(source),
        tables=read_tables(source),
    )
    return record, source


def findings(annotated: Report, rule: str | None = None) -> list[Finding]:
    """What the audit finds in a report, of one rule or of all, with every passage checked against the text."""
    record, source = read(annotated)
    found = [finding for finding in audit(record, source) if rule in (None, finding.rule)]
    for finding in found:
        assert len(finding.evidence) > 1
        for passage in finding.evidence:
            assert source.text[passage.start : passage.end] == passage.text != ""
    return found


def passages(finding: Finding) -> list[str]:
    """Texts of the passages of a finding."""
    return [passage.text for passage in finding.evidence]
