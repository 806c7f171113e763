"""`trinh definitions`: check, publish, test, play, draw and explain definitions."""
