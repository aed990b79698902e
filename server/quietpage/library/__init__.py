"""What is kept: SQLite through sqlite-utils. Knows the article, never Flask or the cleaner."""
