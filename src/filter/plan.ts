import type { Profile } from '../model/profile.ts';
import { and, type Filter, or } from '../scim/ast.ts';
import { type CompiledFilter, compileFilter } from '../scim/evaluate.ts';
import { printFilter } from '../scim/printer.ts';
import { profileAttributes } from './attributes.ts';
import { type Condition, isNothing, satisfies, type Test } from './condition.ts';
import { type FilterSupport, isDocumented, type SupportKey, supportKey, type Verdict } from './support.ts';

/**
 * Bytes that a filter may take in the URL. Proxies commonly refuse a request line of 8 KB; a hundred UUIDs joined by
 * `or` take 5.2 KB.
 */
export const maxEncodedFilterBytes = 6000;

/** How a condition is answered: what the API is asked, and what is left to check here. */
export interface Plan {
  /** SCIM for the API, or null to ask for every profile. Its answer always holds at least the profiles that match. */
  readonly filter: string | null;
  /** Whether all of the condition is in the filter, so that few of the API's rows will be dropped here. */
  readonly covered: boolean;
  /** The filters it relies on, documented or not: what a cursor has to remember to ask the same question again. */
  readonly assumes: readonly SupportKey[];
  /** Those of them that no document offers: the reply has to be checked with `judge`, also where the API has shown them. */
  readonly doubts: readonly SupportKey[];
  /** The one among them that the API has not shown yet. */
  readonly trial: SupportKey | null;
  /** Whether a profile is in the answer. */
  readonly matches: (profile: Profile) => boolean;
  /** What a row of the reply says: that the trial works, that it or another doubtful filter does not, or nothing. */
  readonly judge: (row: Profile) => 'works' | 'fails' | 'silent';
}

/**
 * Splits a condition into what the API takes and the rest. At most one untried filter is tried at a time, so that a
 * refusal says which one it was. null where nothing can match, so that the API need not be asked.
 */
export function plan(condition: Condition, support: Pick<FilterSupport, 'verdict'>, tryOne = true): Plan | null {
  if (isNothing(condition)) return null;
  const taken = (trial: SupportKey | null) => (key: SupportKey) => key === trial || isTaken(support.verdict(key));
  const safe = pushdown(condition, taken(null));
  const trial = tryOne ? usefulTrial(condition, support, safe.text, taken) : null;
  return build(condition, trial === null ? safe : pushdown(condition, taken(trial)), trial);
}

/** The plan that relies on exactly these filters, whatever is known by now: a cursor was cut from it, or all else failed. */
export function planAssuming(condition: Condition, assumes: readonly SupportKey[]): Plan | null {
  if (isNothing(condition)) return null;
  const assumed = new Set(assumes);
  const pushed = pushdown(condition, (key) => assumed.has(key));
  return build(condition, pushed, null);
}

function build(condition: Condition, pushed: Pushdown, trial: SupportKey | null): Plan {
  const keys = new Set([...pushed.tests].map(keyOf));
  const doubts = [...keys].filter((key): key is SupportKey => key !== null && !isDocumented(key));
  // What is asked is wider than what the tests mean: an API need not know letter case, or parts of a second.
  const asked = new Map<Test, CompiledFilter>();
  for (const each of pushed.tests) {
    if (each.pushdown !== null && !isDocumented(supportKey(each.pushdown)))
      asked.set(each, compileFilter(each.pushdown));
  }
  // The rest is beyond doubt here: it is documented, or it was not asked at all.
  const holdsFor = (row: Profile, trialHolds: boolean) =>
    satisfies(condition, row, (test) => {
      const asks = asked.get(test);
      if (asks === undefined) return true;
      if (!trialHolds && keyOf(test) === trial) return false;
      return asks((attribute) => profileAttributes.get(attribute)?.(row));
    });
  return {
    filter: pushed.text,
    covered: pushed.covered,
    assumes: [...keys].filter((key) => key !== null),
    doubts,
    trial,
    matches: (profile) => satisfies(condition, profile),
    judge: (row) => {
      if (!holdsFor(row, true)) return 'fails';
      return holdsFor(row, false) ? 'silent' : 'works';
    },
  };
}

function isTaken(verdict: Verdict): boolean {
  return verdict === 'documented' || verdict === 'shown';
}

function keyOf(test: Test): SupportKey | null {
  return test.pushdown === null ? null : supportKey(test.pushdown);
}

/** The first untried filter that would narrow what the API is asked. */
function usefulTrial(
  condition: Condition,
  support: Pick<FilterSupport, 'verdict'>,
  safeText: string | null,
  taken: (trial: SupportKey) => (key: SupportKey) => boolean,
): SupportKey | null {
  const untried = new Set<SupportKey>();
  visitTests(condition, (test) => {
    const key = keyOf(test);
    if (key !== null && support.verdict(key) === 'untried') untried.add(key);
  });
  return [...untried].find((key) => pushdown(condition, taken(key)).text !== safeText) ?? null;
}

function visitTests(condition: Condition, visit: (test: Test) => void): void {
  if (condition.kind === 'test') visit(condition);
  else for (const each of condition.of) visitTests(each, visit);
}

interface Pushdown {
  readonly text: string | null;
  readonly tests: ReadonlySet<Test>;
  readonly covered: boolean;
}

/** The part of a condition that the API takes, as large as fits into a URL. */
function pushdown(condition: Condition, takes: (key: SupportKey) => boolean): Pushdown {
  const operands = condition.kind === 'all' ? condition.of : [condition];
  let kept: readonly Filter[] = [];
  let bytes = 0;
  const tests = new Set<Test>();
  let covered = true;
  // That a part is too long can mostly be seen without printing once more what is there already.
  const fits = (filter: Filter) =>
    bytes + encodedBytes(print([filter])) <= maxEncodedFilterBytes &&
    encodedBytes(print([...kept, filter])) <= maxEncodedFilterBytes;
  for (const operand of operands) {
    const part = translate(operand, takes);
    if (part.filter === null || !fits(part.filter)) {
      covered = false;
      continue;
    }
    kept = [...kept, part.filter];
    bytes = encodedBytes(print(kept));
    covered &&= part.covered;
    for (const test of part.tests) tests.add(test);
  }
  return { text: kept.length === 0 ? null : print(kept), tests, covered };
}

/** Whether `and` or `or` binds tighter is not documented (API notes §3.3), so nothing is left to precedence. */
function print(conjuncts: readonly Filter[]): string {
  return printFilter(and(...conjuncts), { explicit: true });
}

interface Translation {
  /** null: every profile. */
  readonly filter: Filter | null;
  readonly tests: readonly Test[];
  readonly covered: boolean;
}

const untranslated: Translation = { filter: null, tests: [], covered: false };

function translate(condition: Condition, takes: (key: SupportKey) => boolean): Translation {
  if (condition.kind === 'test') {
    if (condition.pushdown === null || !takes(supportKey(condition.pushdown))) return untranslated;
    return { filter: condition.pushdown, tests: [condition], covered: true };
  }
  const parts = condition.of.map((each) => translate(each, takes));
  const filters = parts.flatMap((part) => (part.filter === null ? [] : [part.filter]));
  // An alternative that can't be asked for may match any profile, and so may the whole.
  if (condition.kind === 'any' && filters.length < parts.length) return untranslated;
  if (filters.length === 0) return untranslated;
  return {
    filter: condition.kind === 'all' ? and(...filters) : or(...filters),
    tests: parts.flatMap((part) => part.tests),
    covered: parts.every((part) => part.covered),
  };
}

/** The length that a filter has in a query string. */
export function encodedBytes(filter: string): number {
  return new URLSearchParams([['', filter]]).toString().length - 1;
}
