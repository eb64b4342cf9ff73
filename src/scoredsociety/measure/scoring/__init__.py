"""The scheme itself: whether it predicts, who bends it, who reads it."""
