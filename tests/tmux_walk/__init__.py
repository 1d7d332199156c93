"""What our driver shows in tmux, held against what Textual's own shows: every screen."""
