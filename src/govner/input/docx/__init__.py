"""Word files to text: paragraphs with their numbers, tables as rows."""
