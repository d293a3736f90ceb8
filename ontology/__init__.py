"""The meaning of the words: vocabulary, shapes, IRIs, reasoning, and the registry of public bodies."""
