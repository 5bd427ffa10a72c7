"""What each template needs, no more: one frozen value a template. Templates see pages, never records."""
