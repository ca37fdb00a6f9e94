"""PDF with a text layer → Document; needs the extra `pdf`."""

from indexer.readers.pdf.document import read_pdf

__all__ = ["read_pdf"]
