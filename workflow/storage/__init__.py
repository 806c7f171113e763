"""The record: tables, transactions, reads, and the one way to write a Plan. The only room that knows SQLAlchemy."""
