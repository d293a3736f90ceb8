"""The original of a text: its pages with boxes, or its marked text."""
