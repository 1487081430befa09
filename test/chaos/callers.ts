import type { Sandbox } from '../../src/sandbox/server.ts';
import { problemOf } from './check.ts';
import { creation, type Question, reads } from './questions.ts';
import { type Person, textsOfTheApi } from './world.ts';

/** What nobody may ever see, each as often as it was seen. */
export interface Faults {
  /** Answers that are not the truth and don't say so. */
  wrong: number;
  /** Answers with a key, with the API's own words, or with what is another person's. */
  leaked: number;
  /** Creations that happened more than once. */
  doubled: number;
  /** Changes that were answered as done and are not there. */
  lost: number;
}

export interface Findings {
  readonly answers: number;
  readonly complete: number;
  readonly partial: number;
  readonly failed: number;
  /** Requests whose caller left before the answer. */
  readonly gone: number;
  readonly created: number;
  readonly faults: Readonly<Faults>;
  /** The first twenty faults in words. */
  readonly examples: readonly string[];
  /** Whether too little was answered for this to show anything. */
  readonly isVacuous: boolean;
}

export interface Questioning {
  /** Where the gateway listens, without a slash at the end. */
  readonly url: string;
  /** The API behind it, whose records are the truth. */
  readonly sandbox: Sandbox;
  readonly everybody: readonly Person[];
  /** At least 0, less than 1: who asks what. */
  readonly random: () => number;
  /** Whether a person has asked enough, before their question of this number, and with what was found so far. */
  readonly isOver: (serial: number, soFar: Readonly<Faults>) => boolean;
}

/** Lets everybody ask at the same time, each one thing after the other, and checks what they are answered. */
export async function questionGateway({ url, sandbox, everybody, random, isOver }: Questioning): Promise<Findings> {
  const counts = { answers: 0, complete: 0, partial: 0, failed: 0, gone: 0, created: 0 };
  const faults: Faults = { wrong: 0, leaked: 0, doubled: 0, lost: 0 };
  const examples: string[] = [];
  const secrets = [...everybody.map(({ key }) => key), ...textsOfTheApi, new URL(sandbox.origin).host];

  function note(kind: keyof Faults, example: string): void {
    faults[kind]++;
    if (examples.length < 20) examples.push(`${kind}: ${example}`);
  }

  async function live(person: Person): Promise<void> {
    const [type] = [...sandbox.store.types()];
    for (let serial = 0; !isOver(serial, faults); serial++) {
      if (random() < 0.1) await create(person, creation(person, serial, type?.id ?? ''));
      else await ask(person, pickQuestion(person), random() < 0.05 ? random() * 20 : null);
    }
  }

  function pickQuestion(person: Person): Question {
    const chosen = reads[Math.floor(random() * reads.length)];
    if (chosen === undefined) throw new RangeError('there are questions');
    return chosen(person, random, sandbox.store);
  }

  /** Whether the answer was complete; null where it was not waited for. */
  async function ask(person: Person, question: Question, leavesAfterMs: number | null): Promise<boolean | null> {
    const { key, index } = person;
    const { query, variables } = question;
    let text: string;
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query, variables }),
        ...(leavesAfterMs === null ? {} : { signal: AbortSignal.timeout(leavesAfterMs) }),
      });
      text = await response.text();
    } catch (error) {
      if (leavesAfterMs === null) note('wrong', `person ${index}: no answer: ${String(error)}`);
      else counts.gone++;
      return null;
    }
    counts.answers++;
    const asked = `person ${index}: ${query.split(/[({]/)[0]}${JSON.stringify(variables)}`;
    const secret = secrets.findIndex((each) => text.includes(each));
    if (secret >= 0) note('leaked', `${asked}: ${secret < everybody.length ? 'a key' : secrets[secret]}`);
    const foreign = [...text.matchAll(/(?:playground|created) (\d+)/g)].find(([, owner]) => Number(owner) !== index);
    if (foreign !== undefined) note('leaked', `${asked}: ${foreign[0]}`);
    const answer = JSON.parse(text);
    const problem = problemOf(answer, question.truth(sandbox.store));
    if (problem !== null) note('wrong', `${asked}: ${problem}`);
    const isComplete = answer.errors === undefined;
    if (isComplete) counts.complete++;
    else if (answer.data) counts.partial++;
    else counts.failed++;
    if (isComplete && question.isThere?.(sandbox.store) === false) note('lost', asked);
    return isComplete;
  }

  /** A write that can be told from all others: it happened once, or not at all if the answer says that it failed. */
  async function create(person: Person, question: ReturnType<typeof creation>): Promise<void> {
    await ask(person, question, null);
    const made = [...sandbox.store.profiles()].filter(({ name }) => name === question.name);
    counts.created += made.length;
    if (made.length > 1) note('doubled', `${question.name}: ${made.length} times`);
    for (const { id } of made) sandbox.store.deleteProfile(id);
  }

  await Promise.all(everybody.map(live));
  const isVacuous = counts.complete < counts.answers / 10 || counts.created === 0;
  return { ...counts, faults, examples, isVacuous };
}
