"""The second yardstick: tantivy, a search engine library in Rust, with the words of our own segmenter."""
