"""What a new case starts from: the answers of its author, and the tests that ship."""
