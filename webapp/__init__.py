"""The site: pages and JSON over a search engine. Sees searches and records, never how they came about."""
