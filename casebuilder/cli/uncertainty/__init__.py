"""Commands about uncertainty."""
