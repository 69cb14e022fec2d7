"""The rules of a debate: stances, sides, arguments, swing. Pure: no Discord, no SQL, no clock."""
