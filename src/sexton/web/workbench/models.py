"""What the workbench keeps of its own beside the cases."""

from __future__ import annotations

from sexton.web.workbench.groups.models import Group, GroupBody, GroupName
from sexton.web.workbench.lists.models import LISTS, SavedFilter

__all__ = ["LISTS", "Group", "GroupBody", "GroupName", "SavedFilter"]
