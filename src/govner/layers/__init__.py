"""Numeric parts that entities and sections share."""
