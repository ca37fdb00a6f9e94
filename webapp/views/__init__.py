"""The addresses of the site; each view renders HTML and JSON."""
