"""What runs the site: the server process, its settings, and the layers around the application."""
