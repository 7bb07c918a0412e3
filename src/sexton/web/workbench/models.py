"""What the workbench keeps of its own beside the cases."""

from __future__ import annotations

from sexton.web.workbench.groups.models import Group, GroupBody, GroupName

__all__ = ["Group", "GroupBody", "GroupName"]
