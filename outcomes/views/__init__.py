"""Pages of the top floor: what shows answers stands here, composed of fragments that the floors below own."""
