"""Two cases side by side: which assumptions differ, and what that does to the headlines, step by step."""
