"""Importing documents: read a file's text, clean it, parse it. Plain Python; only `builder` touches the database."""
