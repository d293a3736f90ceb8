"""质量: how sure the facts are."""
