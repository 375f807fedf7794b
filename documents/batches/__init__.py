"""An officer's import in the admin: put files in, review what was read, file them, undo."""
