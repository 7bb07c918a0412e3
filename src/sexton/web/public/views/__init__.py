"""Views, a module for each kind of page. A view reads; it never saves a model."""
