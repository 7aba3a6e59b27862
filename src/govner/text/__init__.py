"""Files and encodings to text."""
