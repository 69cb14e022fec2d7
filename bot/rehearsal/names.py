"""Names for the people of a simulated class, from many places. Names and nothing else."""

import random

FIRST = (
    "Mina", "Jonas", "Aiko", "Tomás", "Leila", "Kofi", "Ewa", "Ravi", "Sofia", "Malik", "Hanna", "Diego", "Noor",
    "Luca", "Yara", "Piotr", "Chidi", "Emilia", "Santiago", "Priya", "Oskar", "Zoë", "Farid", "Greta", "Bao",
    "Naledi", "Ivan", "Clara", "Teo", "Amira", "Felix", "Imani", "Nils", "Salma", "Hugo", "Mei", "Anton", "Lucía",
    "Samir", "Freya",
)  # fmt: skip

FAMILY = (
    "Castellano", "Weber", "Tanaka", "Ribeiro", "Haddad", "Mensah", "Nowak", "Iyer", "Rossi", "Diallo", "Lindgren",
    "Moreno", "Rahman", "Bianchi", "Khoury", "Zielinski", "Eze", "Novak", "Vargas", "Sharma", "Berg", "Martin",
    "Aziz", "Keller", "Nguyen", "Dlamini", "Petrov", "Dubois", "Horvat", "Mansour", "Braun", "Otieno", "Dahl",
    "Farouk", "Lefèvre", "Lin", "Jensen", "Ortega", "Nasser", "Olsen",
)  # fmt: skip


def person_names(count: int, rng: random.Random) -> list[str]:
    """So many names, all different: first names do not repeat before each has been used once."""
    names: list[str] = []
    family = list(FAMILY)
    rng.shuffle(family)
    for number in range(count):
        turn, place = divmod(number, len(FIRST))
        names.append(f"{FIRST[place]} {family[(place + turn) % len(family)]}")
        if turn >= len(family):
            names[-1] += f" {turn}"
    return names
