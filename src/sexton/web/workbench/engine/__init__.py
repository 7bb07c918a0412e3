"""Running the engine, its progress, and what it changed."""
