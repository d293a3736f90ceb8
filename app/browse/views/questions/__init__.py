"""问答: the library of questions and the editor."""
