"""Reads of the record, one module for each thing asked about; they return rows or values, never mapped entities."""
