"""What reading a cell and weighing a pair cost: ``python -m benchmarks.readings``."""
