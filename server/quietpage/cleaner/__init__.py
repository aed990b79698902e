"""Page HTML in, clean article out. Pure: no Flask, no SQLite, no clock, no network."""
