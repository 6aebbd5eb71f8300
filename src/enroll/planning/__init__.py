"""The planner's jobs: what the office does, run many times or years ahead."""
