"""Whose report of which year it is, where that body is, and the bodies it speaks of."""
