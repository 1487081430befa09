import { stableId } from '../random.ts';

/** Everyone whom lifecycle management knows, by department. */
export const people = {
  executives: list('Amara Lindqvist, Jonas Achterberg, Priya Raman'),
  sales:
    list(`Jane Smith, Tomás Herrera, Wei Zhang, Olivia Brandt, Kofi Mensah, Hannah Sørensen, Luca Moretti, Aisha Karimi,
    Robin Example, Zanele Khumalo, Arjun Mehta, Camille Laurent`),
  engineering:
    list(`Dana Okafor, Mikael Virtanen, Sofia Petrova, Ravi Iyer, Chloé Dubois, Daniel Kim, Noor van Dijk, Grace Owusu,
    Yuki Tanaka, Tariq Aziz, Freya Lund, Mateo Rojas, Anneke Visser, Haruto Sato, Ewa Nowak`),
  finance: list(
    `Elena Popescu, Marcus Webb, Ingrid Halvorsen, Samuel Adeyemi, Beatriz Costa, Nils Berg, Farah Siddiqui`,
  ),
  people: list('Nadia Haddad, Peter Novak, Lerato Dlamini, Sean Doyle'),
  it: list('Viktor Szabó, Emma Fischer, Omar Farouk, Kenji Mori, Leila Amrani, Jakub Dvořák'),
  marketing: list('Lucía Navarro, Finn Gallagher, Thandi Nkosi, Eero Laine, Giulia Conti'),
  contractors: list('Alex Duarte, Mei Lin, Ruth Mwangi, Igor Kovač, Sana Malik, Paul Becker, Ines Rocha'),
};

export type Department = keyof typeof people;

const { contractors, ...departments } = people;

/** Everyone but the contractors. */
export const employees: readonly string[] = Object.values(departments).flat();

/** In the order of their worker numbers. */
export const everyone: readonly string[] = [...employees, ...contractors];

/** A contractor who becomes an employee: two policies know her, as two identities. */
export const starter = { name: 'Ines Rocha', identityId: stableId('identity', 'Ines Rocha', 'employee') } as const;

const known = new Set<string>(everyone);

/** Throws on a name that nobody has. */
export function personId(name: string): string {
  if (!known.has(name)) throw new RangeError(`nobody in the built-in company is called "${name}"`);
  return stableId('identity', name);
}

function list(names: string): readonly string[] {
  return names.split(/,\s+/);
}
