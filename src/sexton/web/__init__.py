"""The register's site: what is known of the dead, by whom, and from where, as pages to read."""
