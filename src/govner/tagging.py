"""Tag texts in batches, each from a repaired copy where it is damaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from govner.cleaning.view import View, clean
from govner.errors import InputError
from govner.input.text import InputText


@dataclass(frozen=True)
class Tagged:
    """A tagged report.

    text (InputText): What was read.
    view (View): Its text beside the copy that was tagged; the same where nothing was repaired.
    doc (Doc): The tagged copy.
    """

    text: InputText
    view: View
    doc: Doc


def view_of(text: str, repair: bool) -> View:
    """The copy of a text to tag: repaired, or as it stands."""
    return clean(text) if repair else View(text, text)


def tag_texts(
    nlp: Language, found: Iterable[InputText | InputError], *, repair: bool = True, batch_size: int = 16
) -> Iterator[Tagged | InputError]:
    """Tag texts one after another without keeping them.

    nlp (Language): A govner pipeline.
    found (Iterable[InputText | InputError]): Texts, and errors of those that could not be read, as `read_inputs` has.
    repair (bool): Tag a repaired copy.
    batch_size (int): Texts tagged at a time.
    YIELDS (Tagged | InputError): The same in order, tagged.
    """

    def views() -> Iterator[tuple[str, tuple[InputText | InputError, View]]]:
        for item in found:
            # An error goes through as an empty text, so that all stay in order.
            view = View("", "") if isinstance(item, InputError) else view_of(item.text, repair)
            yield view.text, (item, view)

    for doc, (item, view) in nlp.pipe(views(), as_tuples=True, batch_size=batch_size):
        yield item if isinstance(item, InputError) else Tagged(item, view, doc)
