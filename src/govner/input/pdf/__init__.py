"""PDFs to text: paragraphs put together again from lines, ruled tables as rows."""
