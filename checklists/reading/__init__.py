"""From the text of a checklist file to its parts, gathering every problem with its place."""
