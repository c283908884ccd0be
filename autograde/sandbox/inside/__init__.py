"""What runs within the sandbox: nothing here knows tests, answers or grades."""
