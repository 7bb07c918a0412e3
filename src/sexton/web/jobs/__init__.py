"""Long work: asked for on a page or by a command, done by a worker, and not lost when it dies."""
