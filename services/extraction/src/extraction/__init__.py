"""Scripts in; characters, locations and props out, with evidence."""
