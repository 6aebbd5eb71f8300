"""enroll: places a county's children in schools, near home, in the open, within class limits."""
