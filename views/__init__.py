"""What people read: domain values drawn as Block Kit, and forms and typed words read back."""
