"""The corpus and its way into the index: files, their manifest and ledger, and the run that reads them."""
