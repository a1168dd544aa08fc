"""What changes on the top floor. Every function here is a `@writes` function, or is called by one."""
