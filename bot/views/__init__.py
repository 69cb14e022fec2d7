"""Discord components: pure rendering of what the database says, buttons and forms, and words for every error."""
