"""Figures and stated zeros: value, unit, what was counted, whole and parts, channel, period."""
