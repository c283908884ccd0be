"""What the syntax tree of an answer shows: arguments changed in place, what is kept between calls, habits."""
