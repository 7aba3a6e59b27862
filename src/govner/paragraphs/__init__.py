"""Text to paragraphs, headings and heading paths."""

from govner.paragraphs.headings import Heading, find_heading
from govner.paragraphs.splitter import Paragraph, split_paragraphs

__all__ = ["Heading", "Paragraph", "find_heading", "split_paragraphs"]
