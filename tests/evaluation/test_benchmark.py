"""Measuring speed: what is run, how often, and that the stock recogniser is the one of the baseline config."""

import sys

from spacy.util import load_config

from govner.evaluation.benchmark import peak_memory, stock_recogniser
from helpers import ROOT, run, succeed

TEXTS = ["全年主动公开政府信息1286条，其中县政府门户网站公开940条。"] * 3


def test_stock_recogniser_is_the_one_of_the_baseline_config() -> None:
    config = load_config(ROOT / "configs" / "baseline_ner.cfg")["components"]["ner"]["model"]["tok2vec"]
    stock = stock_recogniser(TEXTS).config["components"]["ner"]["model"]["tok2vec"]
    assert {key: stock[key] for key in config} == config


GROW = """
from govner.evaluation.benchmark import peak_memory
print(peak_memory())
held = bytearray(b"x") * (512 * 1024 * 1024)
print(peak_memory())
"""


def test_peak_memory_is_that_of_the_process_itself() -> None:
    before, after = map(float, succeed(run(sys.executable, "-c", GROW)).split())
    assert before < after < before + 600
    held = bytearray(b"x") * (512 * 1024 * 1024)
    assert peak_memory() > len(held) / 1024 / 1024
    # A process that this one starts begins anew.
    again, _ = map(float, succeed(run(sys.executable, "-c", GROW)).split())
    assert again < before + 100
