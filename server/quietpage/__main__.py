"""``python -m quietpage``: the same as the ``quietpage`` command."""

from __future__ import annotations

from quietpage.cli import main

if __name__ == "__main__":
    main()
