"""The site: pages and JSON over a search engine. Sees searches and records, never how they came about."""

from webapp.app import create_app

__all__ = ["create_app"]
