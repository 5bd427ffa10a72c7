"""What is allowed, and what follows from it: rules on frozen values."""
