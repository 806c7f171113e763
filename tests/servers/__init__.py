"""Real servers for tests: PostgreSQL, Redis, an SMTP sink; each ends, and its folder goes, with the tests."""
