"""A second simulation, by hands that had not read the first one or the engine, to measure it."""
