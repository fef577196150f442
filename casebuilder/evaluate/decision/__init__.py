"""The option put forward: how it stands, by what it is judged, and whether its reasons hold."""
