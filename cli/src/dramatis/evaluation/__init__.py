"""How well scripts are read: what was found, compared with lists that people made."""
