"""Files in: a case register to a checked frame, filled-in review sheets to answers."""
