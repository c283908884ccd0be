"""What the pictures show, computed: runs, measurements and small data of one notebook each. Nothing here draws."""
