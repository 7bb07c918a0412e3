"""The register's figures on pages: their words, rows with links, plots, and files to take away."""
