"""Filters of templates that show cases."""
