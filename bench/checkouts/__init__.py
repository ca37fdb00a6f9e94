"""Two checkouts of the project side by side: same files, same questions, what differs."""
