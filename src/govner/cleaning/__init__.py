"""Repair the text of a crawled report in a copy that knows where each of its characters comes from."""
