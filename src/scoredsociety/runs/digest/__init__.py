"""The canonical digest: what a state means, and in what two are compared."""
