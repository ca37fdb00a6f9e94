"""One folder per adapter of `indexer.search.port.SearchEngine`."""
