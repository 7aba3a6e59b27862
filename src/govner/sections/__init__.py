"""Paragraphs to report sections."""
