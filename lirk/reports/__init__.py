"""Values to files: PDF reports and review sheets."""
