"""Lines read as numbers: numpy arrays over draws, options, members and periods."""
