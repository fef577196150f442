"""Commands that set the model beside what happened, and fit what it holds to it."""
