"""Variations of annotated reports for training: what real reports have and a corpus cannot have enough of."""
