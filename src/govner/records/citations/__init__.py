"""Cited documents: numbers, titles, aliases and the bodies that issued them."""
