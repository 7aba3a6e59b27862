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


def test_peak_memory_is_that_of_the_process_itself() -> None:
    before = peak_memory()
    held = bytearray(64 * 1024 * 1024)
    held[::4096] = b"x" * len(held[::4096])
    assert before < peak_memory() < before + 256
    code = "from govner.evaluation.benchmark import peak_memory; print(peak_memory())"
    assert float(succeed(run(sys.executable, "-c", code))) < peak_memory()
