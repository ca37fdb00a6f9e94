"""Worker processes that read report files: a hostile file may exhaust or crash one, but not the
run."""
