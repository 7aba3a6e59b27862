"""Scores with intervals, and every error with its context."""
