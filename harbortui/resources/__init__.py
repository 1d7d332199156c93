"""What is shown of a Harbor, and what can be done: one file a kind; `kinds` lists them all."""
