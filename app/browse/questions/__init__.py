"""What the view of questions is made of: forms, the editor, answers as charts and graphs."""
