"""What changes on the ground floor. Every function here is a `@writes` function, or touches no clinic data."""
