"""A PDF document in, a page of HTML out, which is cleaned and kept as any other. Knows nothing of the other rooms."""

from quietpage.pdf.convert import UnreadablePdf, page_from_pdf

__all__ = ["UnreadablePdf", "page_from_pdf"]
