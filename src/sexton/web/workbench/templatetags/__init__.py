"""Filters and tags of templates of the workbench."""
