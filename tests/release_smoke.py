"""Use an installed release: pipeline, records, commands. Runs beside the examples, needs nothing but the release."""

import subprocess
import sys
from pathlib import Path

import spacy

import govner

EXAMPLE = "examples/qinghe-water-2018.txt"


def command(*arguments: str) -> str:
    """What a command prints; it must succeed."""
    return subprocess.run(["govner", *arguments], check=True, capture_output=True, encoding="utf8").stdout


def main(version: str) -> None:
    """Raise an AssertionError or CalledProcessError where something does not work."""
    assert govner.__version__ == version, govner.__version__
    nlp = spacy.load("zh_govner_sm")
    assert nlp.meta["version"] == version, nlp.meta["version"]
    doc = nlp("一、概述\n2018年，青禾市水务局通过局网站公开信息742条，其中规范性文件3件。")
    found = [(ent.text, ent.label_) for ent in doc.ents]
    assert found == [("青禾市水务局", "AGENCY"), ("局网站", "CHANNEL"), ("742条", "COUNT"), ("3件", "COUNT")], found
    print("pipeline: mentions as expected")

    text = Path(EXAMPLE).read_text("utf8")
    record = govner.read(EXAMPLE)
    assert (record.issuer, record.year) == ("青禾市水务局", 2018), (record.issuer, record.year)
    facts = [fact for fact in record.facts if fact.metric == "proactive_by_channel" and fact.channel]
    channels = {fact.channel.text: fact.value for fact in facts}
    assert channels == {"局网站": 742, "微信公众号": 365, "市政府门户网站": 128, "公示栏": 51}, channels
    assert all(text[fact.evidence.start : fact.evidence.end] == fact.evidence.text for fact in record.facts)
    print(f"records: {len(record.facts)} facts of one report, each where it says")

    assert version in command("info", "zh_govner_sm")
    command("tag", "zh_govner_sm", "examples", "--out", "tagged", "--format", "csv")
    command("records", "examples", "--out", "tables", "--format", "parquet")
    command("view", "zh_govner_sm", EXAMPLE, "--out", "page.html")
    assert "requests_received" in command("compare", "examples/compare")
    assert "requests-column-balance" in command("audit", "examples/audit")
    for name in ("tagged/mentions.csv", "tables/facts", "page.html"):
        assert Path(name).exists(), name
    print("commands: info, tag, records, view, compare, audit")


if __name__ == "__main__":
    main(sys.argv[1])
