"""Many runs: sweeps, branches, and what is assumed, moved."""
