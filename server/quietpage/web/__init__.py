"""HTTP: the pages a person reads and the API the extension calls."""
