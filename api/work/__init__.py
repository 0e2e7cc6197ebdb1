"""Work that the service does between a request and its answer."""
