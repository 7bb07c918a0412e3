"""Finding a surname behind its spelling: the channel model beside the published similarities."""
