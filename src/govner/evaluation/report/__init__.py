"""An evaluation as one self-contained page, and as pictures."""
