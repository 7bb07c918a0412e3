"""The public pages: sites, persons, sources, statements and findings, to be read by anybody."""
