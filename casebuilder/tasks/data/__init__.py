"""Official files as published into a case's tables: DM01, the imaging dataset, the cost collection."""
