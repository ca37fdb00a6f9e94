"""Which reports are of one body: its key, what its county is called today, and what is known of its place."""
