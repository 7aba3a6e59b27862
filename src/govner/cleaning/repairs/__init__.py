"""Repairs, one kind of damage each: from a text to the edits that undo the damage."""
