"""How fast the pages of the workbench are."""
