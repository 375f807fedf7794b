"""The texts of a page with their translations: read, shown as the document looks, compared, written."""
