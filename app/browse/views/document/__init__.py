"""文件: one document."""
