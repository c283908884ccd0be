"""What the tests of several exercises share: arguments, probes, drawings."""
