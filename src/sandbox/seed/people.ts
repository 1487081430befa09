import { stableId } from '../random.ts';
import type { IdentityRecord } from '../record.ts';

/** Everyone whom lifecycle management knows, by department. */
export const people = {
  executives: ['Amara Lindqvist', 'Jonas Achterberg', 'Priya Raman'],
  sales: [
    'Jane Smith',
    'Tomás Herrera',
    'Wei Zhang',
    'Olivia Brandt',
    'Kofi Mensah',
    'Hannah Sørensen',
    'Luca Moretti',
    'Aisha Karimi',
  ],
  engineering: [
    'Dana Okafor',
    'Mikael Virtanen',
    'Sofia Petrova',
    'Ravi Iyer',
    'Chloé Dubois',
    'Daniel Kim',
    'Noor van Dijk',
    'Grace Owusu',
    'Yuki Tanaka',
  ],
  finance: ['Elena Popescu', 'Marcus Webb', 'Ingrid Halvorsen', 'Samuel Adeyemi', 'Beatriz Costa'],
  people: ['Nadia Haddad', 'Peter Novak', 'Lerato Dlamini'],
  it: ['Viktor Szabó', 'Emma Fischer', 'Omar Farouk', 'Kenji Mori'],
  marketing: ['Lucía Navarro', 'Finn Gallagher'],
  contractors: ['Alex Duarte', 'Mei Lin'],
} as const satisfies Record<string, readonly string[]>;

const { contractors, ...departments } = people;

/** Everyone but the contractors. */
export const employees: readonly string[] = Object.values(departments).flat();

const everyone = new Set<string>([...employees, ...contractors]);

export const identities: readonly IdentityRecord[] = [...everyone].map((name) => ({ id: personId(name), name }));

/** Throws on a name that nobody has. */
export function personId(name: string): string {
  if (!everyone.has(name)) throw new RangeError(`nobody in the built-in company is called "${name}"`);
  return stableId('identity', name);
}
