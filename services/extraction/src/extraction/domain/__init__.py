"""What a script is and what can be found in it: rules without I/O."""
