"""The site: pages and JSON over a search engine, built on searches and records alone."""

from webapp.app import create_app

__all__ = ["create_app"]
