"""Reading DOCX: what Word shows, numbers of paragraphs included, without running anything that the file holds."""
