import { parseArgs } from 'node:util';
import { createRandom } from '../../src/sandbox/random.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { problemOf } from './check.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { watchHeap } from './memory.ts';
import { creation, type Question, reads } from './questions.ts';
import { chaosWorld, faultFeeder, keysOf, type Person, people } from './world.ts';

// Many callers with keys of their own, before an API that fails now and then: no answer may be wrong, no key may leave, no
// write may happen twice, and memory may not grow. Exit code 1 where one of that happened.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    callers: { type: 'string', default: '50' },
    faults: { type: 'string', default: '0.3' },
    seed: { type: 'string', default: '1' },
  },
});
const minutes = Number(values.minutes);
const random = createRandom(Number(values.seed));
const next = () => random.next();

const everybody = people(Number(values.callers));
const feed = faultFeeder((): Sandbox => sandbox, Number(values.faults), next);
const sandbox = await startSandbox({
  world: chaosWorld(everybody),
  keys: keysOf(everybody),
  recordCalls: 0,
  latencyMs: 2,
  before: feed,
});
const gateway = await startGatewayProcess(
  sandbox.origin,
  everybody.map(({ key }) => key),
);

const counts = { answers: 0, complete: 0, partial: 0, failed: 0, gone: 0, created: 0 };
const faults = { wrong: 0, leaked: 0, doubled: 0, lost: 0 };
const examples: string[] = [];
const endsAt = performance.now() + minutes * 60_000;

const [heap] = await Promise.all([watchHeap(() => gateway.heapUsed(), endsAt), ...everybody.map(live)]);
faults.leaked += gateway.leaks();
const exitCode = await gateway.stop();
await sandbox.close();

const growth = heap.late / heap.early;
const isGrowing = heap.late > heap.early * 1.25 + 20_000_000;
process.stdout.write(
  [
    `${everybody.length} callers, ${minutes} min, faults on ${Number(values.faults) * 100}% of calls`,
    `answers     ${counts.answers}: ${counts.complete} complete, ${counts.partial} partial, ${counts.failed} failed; ${counts.gone} not waited for`,
    `created     ${counts.created}`,
    `wrong       ${faults.wrong}`,
    `leaked      ${faults.leaked}`,
    `doubled     ${faults.doubled}`,
    `lost        ${faults.lost}`,
    `heap        ${megabytes(heap.early)} early, ${megabytes(heap.late)} late (x${growth.toFixed(2)})${isGrowing ? ', growing' : ''}`,
    `exit code   ${exitCode}`,
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n'),
);
const isVacuous = counts.complete < counts.answers / 10 || counts.created === 0;
if (isVacuous) process.stdout.write('too little was answered for this to show anything\n');
const isBad = Object.values(faults).some((count) => count > 0) || isGrowing || exitCode !== 0 || isVacuous;
process.exit(isBad ? 1 : 0);

/** One caller, who asks one thing after the other. */
async function live(person: Person): Promise<void> {
  const [type] = [...sandbox.store.types()];
  for (let serial = 0; performance.now() < endsAt; serial++) {
    if (next() < 0.1) await create(person, creation(person, serial, type?.id ?? ''));
    else await ask(person, pickQuestion(person), next() < 0.05 ? next() * 20 : null);
  }
}

function pickQuestion(person: Person): Question {
  const chosen = reads[random.below(reads.length)];
  if (chosen === undefined) throw new RangeError('there are questions');
  return chosen(person, next, sandbox.store);
}

/** Whether the answer was complete; null where it was not waited for. */
async function ask(person: Person, question: Question, leavesAfterMs: number | null): Promise<boolean | null> {
  const { key, index } = person;
  let text: string;
  try {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: question.query, variables: question.variables }),
      ...(leavesAfterMs === null ? {} : { signal: AbortSignal.timeout(leavesAfterMs) }),
    });
    text = await response.text();
  } catch (error) {
    if (leavesAfterMs === null) note('wrong', `person ${index}: no answer: ${String(error)}`);
    else counts.gone++;
    return null;
  }
  counts.answers++;
  if (everybody.some((each) => text.includes(each.key))) note('leaked', `person ${index}: a key in an answer`);
  const foreign = [...text.matchAll(/(?:playground|created) (\d+)/g)].find(([, owner]) => Number(owner) !== index);
  if (foreign !== undefined) note('leaked', `person ${index}: ${foreign[0]}`);
  const answer = JSON.parse(text);
  const problem = problemOf(answer, question.truth(sandbox.store));
  if (problem !== null)
    note(
      'wrong',
      `person ${index}: ${question.query.split(/[({]/)[0]}${JSON.stringify(question.variables)}: ${problem}`,
    );
  if (answer.errors === undefined) counts.complete++;
  else if (answer.data) counts.partial++;
  else counts.failed++;
  return answer.errors === undefined;
}

/** A write that can be told from all others: it happened once, or not at all if the answer says that it failed. */
async function create(person: Person, question: ReturnType<typeof creation>): Promise<void> {
  const isDone = await ask(person, question, null);
  const made = [...sandbox.store.profiles()].filter(({ name }) => name === question.name);
  counts.created += made.length;
  if (made.length > 1) note('doubled', `${question.name}: ${made.length} times`);
  if (isDone === true && made.length === 0) note('lost', question.name);
  for (const { id } of made) sandbox.store.deleteProfile(id);
}

function note(kind: keyof typeof faults, example: string): void {
  faults[kind]++;
  if (examples.length < 20) examples.push(`${kind}: ${example}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}
