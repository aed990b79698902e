"""Formats in which what is kept goes out: one file a format; each takes what the library answers, and answers text."""
