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
