"""Tags of the workbench."""
