"""Commands about two cases."""
