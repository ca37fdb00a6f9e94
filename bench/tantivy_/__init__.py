"""A yardstick: tantivy, a search engine library in Rust, with the tokens of our segmenter."""
