"""The demo: two invented clinics over fourteen months. `story` invents (pure), `seeding` writes it through the services."""
