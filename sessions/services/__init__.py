"""What changes on the treatment floor. Every function here is a `@writes` function."""
