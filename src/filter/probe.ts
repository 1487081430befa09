import { GatewayError, valueOrError } from '../errors.ts';
import { type Profile, profileStates } from '../model/profile.ts';
import { and, type Comparison, compare, compareOperators, type Filter, or } from '../scim/ast.ts';
import { isInstant } from '../scim/instant.ts';
import { printFilter } from '../scim/printer.ts';
import { attributeNamed, type FilterAttribute } from './attributes.ts';
import { accepting, encodedBytes, isPlainValue, maxEncodedFilterBytes, type ProofNeed } from './plan.ts';
import { endOf, innerPart, startOf, varied } from './probe-value.ts';
import { isDocumented } from './support.ts';
import { wholeSecond } from './whole-second.ts';

/** A filter whose answer is known in part: these profiles must be in it. */
export interface Probe {
  readonly filter: string;
  /** The ids of the profiles that must come back. */
  readonly witnesses: readonly string[];
  /** Whether a profile satisfies the probe: an API that sends others ignores the filter, or reads it in another way. */
  readonly accepts: (row: Profile) => boolean;
}

/** A profile, and an alternative that is true of it and of none of the other witnesses. */
interface Witness {
  readonly profile: Profile;
  readonly comparisons: readonly Comparison[];
}

/**
 * A probe of what a filter needs, made of profiles that exist. It is as long as the filter, uses its attributes and operators,
 * and has a witness at its start, in its middle and at its end, each true of one alternative alone: an API that drops some
 * alternatives or reads an operator in a narrower way loses a witness. null where the profiles are too few or too much alike.
 */
export function buildProbe(need: ProofNeed, candidates: readonly Profile[]): Probe | null {
  const alternatives = alternativesIn(need);
  // By ids, no more rows come than there are alternatives: if each brings one, the API does not leave off after some rows.
  const count = need.keys.includes('id eq') ? alternatives : Math.min(alternatives, 3);
  const witnesses = chooseWitnesses(need, candidates, count);
  const [first] = witnesses ?? [];
  if (witnesses === null || first === undefined) return null;
  const filter = alternatives === 1 ? repeated(first, need.comparisons) : chain(alternatives, witnesses);
  if (filter === null) return null;
  const text = printFilter(filter, { explicit: true });
  if (encodedBytes(text) > maxEncodedFilterBytes) return null;
  return {
    filter: text,
    witnesses: witnesses.map(({ profile }) => profile.profileId),
    accepts: accepting(filter),
  };
}

/** An even number where it is more than one: then whatever lies in the middle of it is one of two. */
function alternativesIn({ keys, alternatives, comparisons }: ProofNeed): number {
  if (alternatives <= 1) return 1;
  const count = Math.max(alternatives, Math.ceil(comparisons / keys.length));
  return count + (count % 2);
}

function chooseWitnesses(need: ProofNeed, candidates: readonly Profile[], count: number): readonly Witness[] | null {
  const chosen: (Witness & { readonly accepts: (row: Profile) => boolean })[] = [];
  for (const profile of candidates) {
    const parts = need.keys.map((key) => comparisonsFor(key, profile, candidates));
    const alternative = parts.flat();
    if (parts.some((part) => part.length === 0) || !alternative.every(isPlainValue)) continue;
    const accepts = accepting(and(...alternative));
    const isAlone = chosen.every((other) => !other.accepts(profile) && !accepts(other.profile));
    if (!accepts(profile) || !isAlone) continue;
    chosen.push({ profile, comparisons: alternative, accepts });
    if (chosen.length === count) return chosen;
  }
  return null;
}

/** Comparisons by one attribute and operator that are true of a profile; none where they would not tell readings apart. */
function comparisonsFor(key: string, profile: Profile, candidates: readonly Profile[]): readonly Comparison[] {
  const [scim = '', operatorText] = key.split(' ');
  const attribute = attributeNamed(scim);
  const operator = compareOperators.find((each) => each === operatorText);
  if (attribute === undefined || operator === undefined) return [];
  const texts = textsOf(attribute, profile);
  if (attribute.isList) {
    // What `eq` asks of a list is not documented: of a list with one element it can only be that element.
    if (operator === 'eq') return texts.length === 1 ? texts.map((text) => compare(scim, operator, text)) : [];
    if (operator !== 'co') return [];
    if (isDocumented(key)) return rarest(texts, attribute, candidates).map((text) => compare(scim, operator, text));
    // Its first and its last: an API might look at one of them only, or at the list as a whole.
    const [start, ...more] = texts;
    const end = more.at(-1);
    return start === undefined || end === undefined ? [] : [start, end].map((text) => compare(scim, operator, text));
  }
  const [text] = texts;
  const value = text === undefined ? null : valueFor(operator, text);
  return value === null ? [] : [compare(scim, operator, value)];
}

/** The text that the fewest profiles have. */
function rarest(
  texts: readonly string[],
  attribute: FilterAttribute,
  candidates: readonly Profile[],
): readonly string[] {
  const counts = texts.map((text) => candidates.filter((other) => textsOf(attribute, other).includes(text)).length);
  const least = Math.min(...counts);
  return texts.filter((_, i) => counts[i] === least).slice(0, 1);
}

function valueFor(operator: Comparison['operator'], text: string): string | null {
  switch (operator) {
    case 'eq':
      return text;
    case 'co':
      return innerPart(text);
    case 'sw':
      return startOf(text);
    case 'ew':
      return endOf(text);
    case 'ge':
    case 'le':
      return isInstant(text) ? wholeSecond(text, operator) || null : null;
    default:
      return null;
  }
}

function textsOf(attribute: FilterAttribute, profile: Profile): readonly string[] {
  const value = valueOrError(() => attribute.read(profile));
  if (value instanceof GatewayError) return [];
  return [value]
    .flat()
    .filter((each): each is string => typeof each === 'string' && each !== '' && each !== 'UNRECOGNIZED');
}

/** Without an `or`, the comparisons over and over again: so long a filter must bring the witness. */
function repeated({ comparisons }: Witness, length: number): Filter {
  const times = Math.ceil(length / comparisons.length);
  return and(...Array.from({ length: times }, () => comparisons).flat());
}

function chain(length: number, witnesses: readonly Witness[]): Filter | null {
  const [first, last, middle, ...more] = witnesses;
  const alternatives: Filter[] = [];
  for (let i = 0; i < length; i++) {
    const atPlace = i === 0 ? first : i === length - 1 ? last : i === length / 2 ? middle : more.shift();
    const comparisons = atPlace?.comparisons ?? padding(witnesses, i);
    if (comparisons === null) return null;
    alternatives.push(and(...comparisons));
  }
  return or(...alternatives);
}

/** An alternative that is true of no witness, and mostly of no profile; values keep their form, since an API may check it. */
function padding(witnesses: readonly Witness[], seed: number): readonly Comparison[] | null {
  const comparisons = witnesses[0]?.comparisons ?? [];
  for (const [i, { attribute, operator, value }] of comparisons.entries()) {
    const others = attribute === 'state' ? profileStates.slice(0, 5) : varied(String(value), seed);
    for (const other of others) {
      const pad = comparisons.with(i, compare(attribute, operator, other));
      const accepts = accepting(and(...pad));
      if (witnesses.every(({ profile }) => !accepts(profile))) return pad;
    }
  }
  return null;
}
