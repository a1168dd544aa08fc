"""The product's settings, with one more address: the floor that other figures are held against."""

from clinic.config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
