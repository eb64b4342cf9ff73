"""Rewards and restrictions, why they are in force, and what the operator does."""
