"""What runs the product: the server's settings, the beat, health, logs and metrics."""
