import type { CompareOperator, Comparison, Filter } from '../scim/ast.ts';
import { invalidArgument } from './errors.ts';
import { readFilter } from './json-filter.ts';
import { providersOf } from './present.ts';
import { type ProfileRecord, profileStates } from './record.ts';
import type { Settings } from './settings.ts';
import { parentsOf, type Store } from './store.ts';

type Predicate = (profile: ProfileRecord) => boolean;

type Reader<T> = (profile: ProfileRecord, store: Store) => T;

type Attribute = { readonly documented?: readonly CompareOperator[] } & (
  | { readonly kind: 'list'; readonly read: Reader<readonly string[]> }
  | { readonly kind: 'id' | 'text' | 'instant' | 'state'; readonly read: Reader<string> }
  | { readonly kind: 'boolean'; readonly read: Reader<boolean> }
);

/** The attributes that can be filtered. `documented` is DOC (API notes §3.1); the rest opens with `openFilters`. */
const attributes = new Map<string, Attribute>(
  Object.entries<Attribute>({
    integrations: { kind: 'list', documented: ['co', 'eq'], read: provided('integrations') },
    provider_ids: { kind: 'list', documented: ['co'], read: provided('provider_ids') },
    labels: { kind: 'list', documented: ['co'], read: (one) => one.labels },
    profile_type: { kind: 'id', documented: ['eq'], read: (one) => one.profile_type },
    id: { kind: 'id', read: (one) => one.id },
    name: { kind: 'text', read: (one) => one.name },
    description: { kind: 'text', read: (one) => one.description },
    state: { kind: 'state', read: (one) => one.state },
    used_by_workflow: { kind: 'boolean', read: (one) => one.used_by_workflow },
    requestable: { kind: 'boolean', read: (one) => one.requestable },
    datasource_ids: { kind: 'list', read: provided('datasource_ids') },
    provider_external_ids: { kind: 'list', read: provided('provider_external_ids') },
    access_profiles_inherited: { kind: 'list', read: parentsOf },
    access_profiles_inherited_by: { kind: 'list', read: (one, store) => store.childrenOf(one.id) },
    created_at: { kind: 'instant', read: (one) => one.created_at },
    updated_at: { kind: 'instant', read: (one) => one.updated_at },
  }),
);

function provided(key: keyof ReturnType<typeof providersOf>): Reader<readonly string[]> {
  return (one, store) => providersOf(store, one)[key];
}

/** The test that a `filter` parameter asks for; 400 for what cannot be parsed or is not on the list of attributes. */
export function compileListFilter(text: string, store: Store, settings: Settings): Predicate {
  return text.trim() === '' ? () => true : compile(readFilter(text), store, settings);
}

function compile(filter: Filter, store: Store, settings: Settings): Predicate {
  switch (filter.kind) {
    case 'and': {
      const tests = filter.operands.map((operand) => compile(operand, store, settings));
      return (profile) => tests.every((test) => test(profile));
    }
    case 'or': {
      const tests = filter.operands.map((operand) => compile(operand, store, settings));
      return (profile) => tests.some((test) => test(profile));
    }
    case 'not': {
      if (!settings.openFilters) throw refusal('Operator "not" is not supported.');
      const test = compile(filter.operand, store, settings);
      return (profile) => !test(profile);
    }
    case 'present': {
      const { read } = attributeOf(filter.attribute);
      if (!settings.openFilters) throw refusal(`Operator "pr" is not supported for "${filter.attribute}".`);
      return (profile) => !isEmpty(read(profile, store));
    }
    case 'some':
      throw refusal(`"${filter.attribute}" has no sub-attributes.`);
    case 'compare':
      return compileComparison(filter, store, settings);
  }
}

function compileComparison(comparison: Comparison, store: Store, settings: Settings): Predicate {
  const { attribute: name, operator, value } = comparison;
  const attribute = attributeOf(name);
  const { documented = [] } = attribute;
  if (!settings.openFilters && !documented.includes(operator)) {
    const cause = documented.length === 0 ? `Filtering by "${name}"` : `Operator "${operator}" for "${name}"`;
    throw refusal(`${cause} is not supported.`);
  }
  if (attribute.kind === 'boolean') {
    if (typeof value !== 'boolean') throw refusal(`"${name}" is compared with true or false.`);
    if (operator !== 'eq' && operator !== 'ne') throw refusal(`Operator "${operator}" does not apply to "${name}".`);
    return (profile) => (attribute.read(profile, store) === value) === (operator === 'eq');
  }
  if (typeof value !== 'string') throw refusal(`"${name}" is compared with a text in double quotes.`);
  switch (attribute.kind) {
    case 'list': {
      const test = listTest(operator, value, settings);
      return (profile) => test(attribute.read(profile, store));
    }
    case 'id':
      return (profile) => compareTexts(operator, attribute.read(profile, store), value);
    case 'state':
      // Enums compare by their quoted names (INF: API notes §3.2).
      if (!profileStates.some((state) => state === value)) throw refusal(`"${value}" is not a state.`);
      return (profile) => compareTexts(operator, attribute.read(profile, store), value);
    case 'text': {
      // Case-insensitive like the text fields of the activity events (INF: API notes §3.2).
      const folded = value.toLowerCase();
      return (profile) => compareTexts(operator, attribute.read(profile, store).toLowerCase(), folded);
    }
    case 'instant': {
      const instant = instantKey(value);
      if (instant === undefined) throw refusal(`"${value}" is not an RFC 3339 timestamp.`);
      return (profile) => compareTexts(operator, instantKey(attribute.read(profile, store)) ?? '', instant);
    }
  }
}

function listTest(operator: CompareOperator, value: string, settings: Settings): (list: readonly string[]) => boolean {
  const has = (list: readonly string[]) => list.includes(value);
  const equals = (list: readonly string[]) => has(list) && (settings.arrayEquals === 'element' || list.length === 1);
  switch (operator) {
    case 'co':
      return settings.arrayContains === 'element' ? has : (list) => list.some((element) => element.includes(value));
    case 'eq':
      return equals;
    case 'ne':
      return (list) => !equals(list);
    default:
      return (list) => list.some((element) => compareTexts(operator, element, value));
  }
}

function compareTexts(operator: CompareOperator, actual: string, wanted: string): boolean {
  switch (operator) {
    case 'eq':
      return actual === wanted;
    case 'ne':
      return actual !== wanted;
    case 'co':
      return actual.includes(wanted);
    case 'sw':
      return actual.startsWith(wanted);
    case 'ew':
      return actual.endsWith(wanted);
    case 'gt':
      return actual > wanted;
    case 'ge':
      return actual >= wanted;
    case 'lt':
      return actual < wanted;
    case 'le':
      return actual <= wanted;
  }
}

/** A text that sorts as the instant does, to the nanosecond. */
function instantKey(text: string): string | undefined {
  const [, seconds, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/i.exec(text) ?? [];
  const time = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(time)) return undefined;
  return `${new Date(time).toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}`;
}

function attributeOf(path: string): Attribute {
  const attribute = attributes.get(path.toLowerCase());
  if (attribute === undefined) throw refusal(`Filtering by "${path}" is not supported.`);
  return attribute;
}

function isEmpty(value: string | boolean | readonly string[]): boolean {
  return typeof value !== 'boolean' && value.length === 0;
}

function refusal(description: string) {
  return invalidArgument('filter', description);
}
