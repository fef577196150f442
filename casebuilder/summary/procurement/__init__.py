"""What `procure` shows."""
