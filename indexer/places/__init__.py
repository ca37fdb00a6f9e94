"""China's administrative divisions and the resolution of a place name to one of them."""
