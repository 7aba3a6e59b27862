"""The repairs in their order, each with the signs in a text without which it has nothing to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from govner.cleaning.edits import Edit
from govner.cleaning.repairs.entities import repair_entities
from govner.cleaning.repairs.furniture import drop_furniture
from govner.cleaning.repairs.invisible import repair_invisible
from govner.cleaning.repairs.latin import repair_latin
from govner.cleaning.repairs.script import simplify_script
from govner.cleaning.repairs.shifted import repair_shifted
from govner.cleaning.repairs.sounds import drop_sounds
from govner.cleaning.repairs.spaces import repair_spaces
from govner.cleaning.repairs.symbols import drop_symbols
from govner.cleaning.repairs.utf8_as_gbk import repair_utf8_as_gbk
from govner.cleaning.repairs.widths import repair_widths
from govner.cleaning.signs import Sign

Repair = Callable[[str], list[Edit]]

# Bytes read wrongly come first: what they look like until then, such as soft hyphens, is not what they are.
PASSES: Final[tuple[tuple[Repair, int], ...]] = (
    (repair_entities, int(Sign.AMPERSAND)),
    (repair_latin, int(Sign.LATIN)),
    (repair_utf8_as_gbk, int(Sign.RARE)),
    (repair_shifted, int(Sign.RARE)),
    (repair_invisible, int(Sign.INVISIBLE)),
    (repair_widths, int(Sign.WIDE)),
    (drop_sounds, int(Sign.LETTER)),
    (drop_symbols, int(Sign.SYMBOL)),
    (repair_spaces, int(Sign.SPACE)),
    (simplify_script, int(Sign.TRADITIONAL)),
    (drop_furniture, int(Sign.LINE)),
)
