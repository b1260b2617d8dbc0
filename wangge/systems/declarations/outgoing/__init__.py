"""What is printed: posters."""

from .posters import NoFont, Poster, pdf_of

__all__ = ["NoFont", "Poster", "pdf_of"]
