"""The workbench: pages on which researchers and reviewers find out who the dead are."""
