"""Which paragraphs to annotate next: those that a model would learn most from."""
