"""指标: what is to be reached, in numbers."""
