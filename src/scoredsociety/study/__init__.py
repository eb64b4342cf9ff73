"""Questions asked of runs: scenarios, comparisons, explanations."""
