"""What a tutor finds out by trying: other arguments, chosen so that what comes of them tells where to look."""
