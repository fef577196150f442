"""A neighbourhood health centre: people served, estate options, fit to criteria, place in the queue."""

from casebuilder.model.neighbourhood import criteria, estate_options, pipeline, served

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (served, estate_options, criteria, pipeline)
