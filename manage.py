#!/usr/bin/env python
"""Backlight's command line: `python manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["up"]:  # before Django is loaded: the supervisor makes the settings the others read
        from clinic.local.supervisor import main as supervise

        sys.exit(supervise())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
