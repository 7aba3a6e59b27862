"""Persons with their posts, bodies and roles in a group."""
