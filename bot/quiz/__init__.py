"""The rules of a run, live or private: states, pacing, drawing. Pure: no Discord, no SQL, no clock."""
