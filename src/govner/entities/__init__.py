"""Tokens to entity mentions."""
