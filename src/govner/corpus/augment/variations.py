"""All variations by name, and the augmenter that training configs use."""

import random
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Dict, Final  # noqa: UP035 - pydantic reads the registered function's annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from govner.corpus.augment import codes, contexts, damage, layout, levels, names, typography, units
from govner.corpus.augment.edits import Edit, apply_edits
from govner.errors import InputError

Variation = Callable[[Doc, Random], list[Edit]]

# In the order in which they are applied: what changes names first, what hides them last.
VARIATIONS: Final[dict[str, Variation]] = {
    "places": names.exchange_places,
    "persons": names.exchange_persons,
    "offices": names.exchange_offices,
    "levels": levels.exchange_levels,
    "units": units.exchange_units,
    "accounts": units.exchange_accounts,
    "titles": names.exchange_titles,
    "numbers": names.exchange_numbers,
    "codes": codes.exchange_codes,
    "contexts": contexts.add_contexts,
    "document_numbers": typography.damage_document_numbers,
    "title_marks": typography.damage_title_marks,
    "typing_errors": damage.make_typing_errors,
    "punctuation": typography.vary_punctuation,
    "digit_spaces": typography.space_numbers,
    "tables": layout.flatten_tables,
    "join_lines": layout.join_lines,
    "break_lines": layout.break_lines,
    "furniture": layout.add_furniture,
    "indents": typography.vary_indents,
    "spam": damage.inject_spam,
    "symbols": damage.inject_symbols,
    "masks": damage.mask_characters,
    "traditional": typography.write_traditional,
    "pinyin": typography.add_pinyin,
}


def require_variations(names: Iterable[str], *others: str) -> None:
    """Raise InputError for a name that is neither a variation nor one of `others`."""
    for name in names:
        if name not in VARIATIONS and name not in others:
            raise InputError(f"no variation {name!r}; use {', '.join((*others, *VARIATIONS))}")


def vary(doc: Doc, names: list[str], rng: Random) -> Doc:
    """Apply variations to a gold document.

    doc (Doc): One token a character, with `ents` and one span a line in `spans["sections"]`.
    names (list[str]): Keys of `VARIATIONS`, in any order.
    rng (Random): The source of chance.
    RETURNS (Doc): A new document, or the same where nothing changed.
    RAISES (InputError): There is no such variation.
    """
    require_variations(names)
    for name, plan in VARIATIONS.items():
        if name in names and (edits := plan(doc, rng)):
            doc = apply_edits(doc, edits)
    return doc


def vary_docs(docs: list[Doc], name: str) -> list[Doc]:
    """Apply one variation to each of some gold documents, each time in the same way."""
    return [vary(doc, [name], Random(number)) for number, doc in enumerate(docs)]


@registry.augmenters("govner.vary_reports.v1")
def create_report_augmenter(rates: Dict[str, float]) -> Callable[[Language, Example], Iterator[Example]]:  # noqa: UP006
    """Create an augmenter of annotated reports.

    rates (dict[str, float]): For each variation to use, the share of reports, in [0, 1], that get it.
    RETURNS (Callable): From a pipeline and an example to one example; its chance comes from Python's `random`, which
        spaCy seeds with `training.seed`.
    RAISES (InputError): There is no such variation, or a rate is no share.
    """
    require_variations(rates)
    for name, rate in rates.items():
        if not 0 <= rate <= 1:
            raise InputError(f"the rate of {name!r} is {rate}; use a share between 0 and 1")

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        rng = Random(random.getrandbits(64))
        chosen = [name for name, rate in rates.items() if rng.random() < rate]
        gold = vary(example.reference, chosen, rng)
        yield example if gold is example.reference else Example(nlp.make_doc(gold.text), gold)

    return augment
