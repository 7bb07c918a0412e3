"""The WSGI application, for waitress (``sexton serve``), gunicorn or any other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sexton.web.settings")
application = get_wsgi_application()
