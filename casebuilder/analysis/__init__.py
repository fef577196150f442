"""Many evaluations, and fits to shipped data: what a sheet cannot compute by itself."""
