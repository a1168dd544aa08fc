"""Backups: the whole database in one file that only the holder of a private key can read, and the way back with checks.

The file is in the age format (age-encryption.org). Inside stands one line of JSON, the manifest, and then what pg_dump wrote
("custom" format). Whoever has the private key and no Backlight: `age -d -i key FILE | tail -n +2 > dump; pg_restore dump`.
"""
