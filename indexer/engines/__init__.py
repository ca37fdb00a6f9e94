"""One adapter a folder; each speaks `indexer.search.port.SearchEngine`."""
