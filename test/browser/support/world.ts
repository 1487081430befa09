/** One profile of the stub gateway's world. */
export interface StubProfile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly state: string;
  readonly labels: readonly string[];
  readonly parentIds: readonly string[];
}

/** Five profiles, a diamond: both Engineer and Analyst inherit from Employee, Lead from both, Intern from Engineer. */
export const diamond: readonly StubProfile[] = [
  profile('p1', 'Employee', 'Base', 'RUNNING', []),
  profile('p2', 'Engineer', 'Department', 'RUNNING', ['p1']),
  profile('p3', 'Analyst', 'Department', 'PAUSED', ['p1']),
  profile('p4', 'Lead', 'Business Role', 'RUNNING', ['p2', 'p3']),
  profile('p5', '<img src=x onerror=alert(1)>', 'Business Role', 'INITIAL', ['p2']),
];

/** A company of any size: six levels, each profile with one to three parents in the level above it. Always the same one. */
export function company(size: number): readonly StubProfile[] {
  const types = ['Base', 'Department', 'Team', 'Business Role', 'Project', 'Project'];
  const states = ['RUNNING', 'RUNNING', 'RUNNING', 'PAUSED', 'INITIAL'];
  const widths = [0.01, 0.04, 0.1, 0.25, 0.3, 0.3].map((share) => Math.max(1, Math.round(size * share)));
  const random = randomNumbers(7);
  const profiles: StubProfile[] = [];
  let above: readonly StubProfile[] = [];
  for (const [level, width] of widths.entries()) {
    const here: StubProfile[] = [];
    for (let index = 0; index < width && profiles.length + here.length < size; index++) {
      const parents = new Set<string>();
      for (let count = 1 + Math.floor(random() * 1.5); count > 0 && above.length > 0; count--) {
        parents.add(above[Math.floor(random() * above.length)]?.id ?? '');
      }
      const number = profiles.length + here.length + 1;
      const type = types[level] ?? 'Base';
      const state = states[Math.floor(random() * states.length)] ?? 'RUNNING';
      here.push(profile(`p${number}`, `${type} ${index + 1}`, type, state, [...parents]));
    }
    profiles.push(...here);
    above = here;
  }
  return profiles;
}

function profile(
  id: string,
  name: string,
  type: string,
  state: string,
  parentIds: readonly string[],
  labels: readonly string[] = ['prod'],
): StubProfile {
  return { id, name, type, state, labels, parentIds };
}

/** Park and Miller's generator: good enough, and the same everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
