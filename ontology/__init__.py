"""What the words mean: vocabulary, shapes, IRIs, reasoning."""
