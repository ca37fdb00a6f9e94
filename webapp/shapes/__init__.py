"""Records → what is shown: dicts for the JSON of a page, small records for what it draws."""
