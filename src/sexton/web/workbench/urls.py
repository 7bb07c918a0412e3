"""Addresses of the workbench, below ``workbench/``."""

from sexton.web.workbench.case_page.urls import urlpatterns as case_page
from sexton.web.workbench.clues.urls import urlpatterns as clues
from sexton.web.workbench.decisions.urls import urlpatterns as decisions
from sexton.web.workbench.engine.urls import urlpatterns as engine
from sexton.web.workbench.groups.urls import urlpatterns as groups
from sexton.web.workbench.learning.urls import urlpatterns as learning
from sexton.web.workbench.lists.urls import urlpatterns as lists

urlpatterns = [*lists, *engine, *groups, *learning, *clues, *decisions, *case_page]
