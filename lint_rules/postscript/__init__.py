"""What stands below the closing."""
