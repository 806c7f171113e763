"""What each command of `trinh` does: one module for each thing an operator looks after."""
