"""The demonstration municipality and its synthetic register."""
