"""What the answers say: text bars, distributions, summaries. Pure: no Discord, no SQL, no clock."""
