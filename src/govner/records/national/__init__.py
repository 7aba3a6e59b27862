"""The three tables of the national report format, cell by cell, from text, HTML and PDF."""
