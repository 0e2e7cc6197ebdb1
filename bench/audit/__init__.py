"""A machine for finding what is said wrong in real news; see NOTES.md."""
