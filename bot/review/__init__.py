"""The rules of spaced review: grades, when a question comes again, what comes today. Pure: no SQL, no clock."""
