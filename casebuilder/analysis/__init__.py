"""Many evaluations of a case, one question a folder: what a sheet cannot compute by itself."""
