"""A text with the characters of its facts marked: whole as a component, or a passage as Markdown."""
