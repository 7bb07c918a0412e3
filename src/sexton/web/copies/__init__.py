"""A copy of the whole site as files: for any web server or a USB stick, search included."""
