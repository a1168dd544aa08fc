"""What PostgreSQL itself holds and enforces: walls, append-only tables, history, and how rows leave."""
