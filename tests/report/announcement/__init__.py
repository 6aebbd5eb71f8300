"""What is published before registration."""
