"""PDF with a text layer → Document; needs the extra `pdf`."""

from indexer.formats.pdf.reader import read_pdf

__all__ = ["read_pdf"]
