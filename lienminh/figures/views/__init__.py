"""Pages of the room, a module each subject."""
