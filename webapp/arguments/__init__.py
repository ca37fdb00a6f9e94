"""The arguments of an address: which there are, how they are read, and how a search prints them."""
