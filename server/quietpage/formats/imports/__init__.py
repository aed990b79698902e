"""Other programs' exports come in: one file a format. Start at recognition.py."""
