"""Pictures of the course: the style, pure plot functions, and explorers with sliders."""
