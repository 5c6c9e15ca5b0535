"""An organisation's own people: who speaks for it, and the changes they propose."""
