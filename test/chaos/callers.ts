import { setTimeout as delay } from 'node:timers/promises';
import type { ProfileRecord } from '../../src/sandbox/record.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { type Change, changes, creation, foreignPart } from './changes.ts';
import { History } from './history.ts';
import { Judge, type Verdict } from './judge.ts';
import { Outsider } from './outsider.ts';
import { type Ask, all, ancestors, byId, count, effective, list, pick, type Question } from './questions.ts';
import { textsOfTheApi, type Weather } from './weather.ts';
import { wholeTenant } from './whole-tenant.ts';
import type { Person } from './world.ts';

/** What may never be, each as often as it was seen. */
export interface Faults {
  /** Answers that are not the truth and don't say so. */
  wrong: number;
  /** Answers with a key, with the API's own words, or with what is another person's. */
  leaked: number;
  /** Creations that happened more than once. */
  doubled: number;
  /** Changes that were answered as done and are not there. */
  lost: number;
  /** Writes that took back what others had changed before the gateway last read the profile. */
  undone: number;
}

export interface Findings {
  readonly answers: number;
  /** Answers without an error. */
  readonly complete: number;
  readonly partial: number;
  readonly failed: number;
  /** Answers of which nobody can tell whether they are right: too much changed meanwhile. */
  readonly unjudged: number;
  /** Requests whose caller left before the answer. */
  readonly gone: number;
  readonly created: number;
  /** Changes by others that came between the last reading and the write, which no client of this API can help. */
  readonly overtaken: number;
  /** Complete answers for each kind of question, by the name of its operation. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly faults: Readonly<Faults>;
  /** The first twenty faults in words. */
  readonly examples: readonly string[];
}

export interface Questioning {
  /** Where the gateway listens, without a slash at the end. */
  readonly url: string;
  /** The API behind it, whose records are the truth. */
  readonly sandbox: Sandbox;
  readonly weather: Weather;
  readonly everybody: readonly Person[];
  /** At least 0, less than 1: who asks what. */
  readonly random: () => number;
  /** Milliseconds for which each person thinks before a question, at most. */
  readonly thinkMs: number;
  /** Milliseconds between changes by another client of the API. */
  readonly outsiderMs: number;
  /** Whether a person has asked enough, before their question of this number, and with what was found so far. */
  readonly isOver: (serial: number, soFar: Readonly<Findings>) => boolean;
}

const reads: readonly Ask[] = [list, list, all, byId, byId, count, ancestors, effective, ...wholeTenant];

/** Lets everybody ask at the same time, each one thing after the other, and checks what they are answered. */
export async function questionGateway(questioning: Questioning): Promise<Findings> {
  const { url, sandbox, weather, everybody, random, thinkMs, outsiderMs, isOver } = questioning;
  const found = { answers: 0, complete: 0, partial: 0, failed: 0, unjudged: 0, gone: 0, created: 0, overtaken: 0 };
  const faults: Faults = { wrong: 0, leaked: 0, doubled: 0, lost: 0, undone: 0 };
  const kinds = new Map<string, number>();
  const examples: string[] = [];
  const secrets = [...everybody.map(({ key }) => key), ...textsOfTheApi, new URL(sandbox.origin).host];
  const history = new History(sandbox.store, checkWrite);
  const judge = new Judge(history, weather);
  const outsider = new Outsider(sandbox.store, history, Math.floor(random() * 2 ** 31));

  function note(kind: keyof Faults, example: string): void {
    faults[kind]++;
    if (examples.length < 20) examples.push(`${kind}: ${example}`);
  }

  /** A write has to leave alone what others changed before the gateway last read the profile. */
  function checkWrite(id: string, before: ProfileRecord | null, now: ProfileRecord | null): void {
    const writer = weather.writerOf(id);
    if (writer === undefined || before === null || now === null) return;
    const left = foreignPart(now, writer.person);
    if (left === foreignPart(before, writer.person)) return;
    const seen = history.versionsOf(id, writer.lastReadAt).slice(0, -1);
    if (seen.some(({ record }) => record !== null && foreignPart(record, writer.person) === left)) found.overtaken++;
    else
      note('undone', `person ${writer.person.index}: ${before.name}: ${foreignPart(before, writer.person)} -> ${left}`);
  }

  async function live(person: Person): Promise<void> {
    const soFar = () => ({ ...found, kinds, faults, examples });
    /** When the person's last request began, if they left before its answer: the gateway may go on with it, and share it. */
    let leftAt: number | null = null;
    for (let serial = 0; !isOver(serial, soFar()); serial++) {
      await delay(random() * thinkMs);
      const chance = random();
      if (chance < 0.1) await create(person, creation(person, serial));
      else if (chance < 0.3) await change(person, pick(random, changes)(person, random, history.now(person.sees)));
      else leftAt = await ask(person, pick(random, reads)(person, random, history.now(person.sees)), leftAt);
    }
  }

  async function ask(person: Person, question: Question, leftAt: number | null): Promise<number | null> {
    const startedAt = performance.now();
    const text = await post(person, question, random() < 0.05 ? random() * 20 : null);
    if (text === null) return leftAt ?? startedAt;
    judged(person, question, text, (answer) =>
      judge.question({ person, from: leftAt ?? startedAt, to: performance.now(), answer }, question),
    );
    return null;
  }

  async function change(person: Person, asked: Change): Promise<void> {
    const from = performance.now();
    const text = await post(person, asked, null);
    if (text === null) return;
    judged(person, asked, text, (answer) => judge.change({ person, from, to: performance.now(), answer }, asked));
  }

  /** A write that can be told from all others: it happened once, or not at all if the answer says that it failed. */
  async function create(person: Person, asked: Change & { readonly name: string }): Promise<void> {
    await change(person, asked);
    const made = [...sandbox.store.profiles()].filter(({ name }) => name === asked.name);
    found.created += made.length;
    if (made.length > 1) note('doubled', `${asked.name}: ${made.length} times`);
    for (const { id } of made) outsider.remove(id);
  }

  /** The answer as it came; null where it was not waited for. */
  async function post(
    { key, index }: Person,
    { query, variables }: Pick<Question, 'query' | 'variables'>,
    leavesAfterMs: number | null,
  ): Promise<string | null> {
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query, variables }),
        ...(leavesAfterMs === null ? {} : { signal: AbortSignal.timeout(leavesAfterMs) }),
      });
      return await response.text();
    } catch (error) {
      if (leavesAfterMs === null) note('wrong', `person ${index}: no answer: ${String(error)}`);
      else found.gone++;
      return null;
    }
  }

  function judged(
    { index }: Person,
    { query, variables }: Pick<Question, 'query' | 'variables'>,
    text: string,
    verdictOf: (answer: { readonly data?: unknown; readonly errors?: [] }) => Verdict,
  ): void {
    found.answers++;
    const kind = /\w+ (\w+)/.exec(query)?.[1] ?? '';
    const asked = `person ${index}: ${kind} ${JSON.stringify(variables)}`;
    const secret = secrets.findIndex((each) => text.includes(each));
    if (secret >= 0) note('leaked', `${asked}: ${secret < everybody.length ? 'a key' : secrets[secret]}`);
    const foreign = [...text.matchAll(/(?:playground|created) (\d+)/g)].find(([, owner]) => Number(owner) !== index);
    if (foreign !== undefined) note('leaked', `${asked}: ${foreign[0]}`);
    const answer = JSON.parse(text);
    const verdict = verdictOf(answer);
    if (verdict === 'unjudged') found.unjudged++;
    else if (verdict !== 'right') note('wrong' in verdict ? 'wrong' : 'lost', `${asked}: ${Object.values(verdict)[0]}`);
    if (answer.errors === undefined) {
      found.complete++;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    } else if (answer.data) found.partial++;
    else found.failed++;
  }

  const disturbing = setInterval(() => {
    outsider.act();
    history.forgetBefore(performance.now() - 120_000);
  }, outsiderMs);
  await Promise.all(everybody.map(live));
  clearInterval(disturbing);
  return { ...found, kinds, faults, examples };
}

/** Why there is too little to judge a gateway by; null: there is enough. */
export function lackOf({ complete, answers, unjudged, created, kinds }: Findings, least: number): string | null {
  if (complete < least) return `${complete} complete answers are fewer than ${least}`;
  if (created === 0) return 'nothing was created';
  if (unjudged > answers / 20) return `${unjudged} of ${answers} answers could not be judged: more than one in twenty`;
  const names = [
    'List',
    'All',
    'ById',
    'Count',
    'Ancestors',
    'Effective',
    'Findings',
    'Granting',
    'Graph',
    'GraphAbove',
  ];
  const missing = [...names, 'Types', 'Label', 'Bulk', 'Version', 'Create'].filter((name) => !kinds.has(name));
  return missing.length === 0 ? null : `no complete answer to ${missing.join(', ')}`;
}
