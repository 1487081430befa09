import { UserInputError } from '../errors.ts';

/** The types that have global ids. */
const kinds = [
  'AccessProfile',
  'AccessProfileType',
  'AccessProfileVersion',
  'Entity',
  'Datasource',
  'Identity',
  'LifecyclePolicy',
  'AccessRequest',
] as const;
export type NodeKind = (typeof kinds)[number];

/** A readable global id: `AccessProfile:3a23…`, `AccessProfileVersion:3a23…:2`. */
export function globalId(kind: NodeKind, id: string, versionNumber?: number): string {
  return versionNumber === undefined ? `${kind}:${id}` : `${kind}:${id}:${versionNumber}`;
}

/** A global id taken apart; `kind` is null for an id of the API's own, which does not say what it is of. */
export function parseId(text: string): { kind: NodeKind | null; id: string } {
  const kind = kinds.find((each) => text.startsWith(`${each}:`));
  return kind === undefined ? { kind: null, id: text } : { kind, id: text.slice(kind.length + 1) };
}

/**
 * The API's own id from what people paste: a global id of `kind` or the bare id. Throws UserInputError naming `field`
 * where it can't be an id, or is the id of something else.
 */
export function idOf(kind: NodeKind, text: string, field: string): string {
  const parsed = parseId(text);
  if (parsed.kind !== null && parsed.kind !== kind) {
    throw new UserInputError(
      field,
      `${field}: the id of ${named(kind)} is needed, this is one of ${named(parsed.kind)}.`,
    );
  }
  const problem = problemOfId(parsed.id);
  if (problem !== null) throw new UserInputError(field, `${field}: ${problem}`);
  return parsed.id;
}

/**
 * The API's own id from a text that may be a global id of `kind`. Other texts pass: inputs that name things by texts check them in
 * their own ways. Throws UserInputError as `idOf` does for a global id.
 */
export function plainId(kind: NodeKind, text: string, field: string): string {
  return parseId(text).kind === null ? text : idOf(kind, text, field);
}

function named(kind: NodeKind): string {
  return `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/** Far more than any id of the API has; what is longer is a mistake, and would not fit into a path. */
const longestId = 512;

/** Control characters, and halves of surrogate pairs, which no URL can hold. */
const unusable = /[\p{Cc}\p{Cs}]/u;

/**
 * Why a text can't be an id of the API's; null where it can. Every id from outside is checked by this before it goes into
 * a path, a filter or a body.
 */
export function problemOfId(id: string): string | null {
  if (id.trim() === '') return 'an id must not be empty.';
  // These would climb the path of a URL.
  if (id === '.' || id === '..') return 'this is not an id.';
  if (id.length > longestId) return `an id must not have more than ${longestId} characters.`;
  return unusable.test(id) ? 'an id must not hold control characters or half a surrogate pair.' : null;
}

/**
 * Throws UserInputError for the id of a profile that a simulated list creates, such as `#2`: of it the API knows nothing, and an
 * empty answer would say that there is nothing.
 */
export function refuseSimulated(profileId: string): void {
  if (!profileId.startsWith('#')) return;
  const message = `Profile ${profileId} is only simulated, so that its relations can not be read from the API: leave fields out that need them.`;
  throw new UserInputError('changes', message);
}

/** Both parts of a version's id, `3a23…:2`. Throws UserInputError naming `field` where it is not one. */
export function versionIdOf(id: string, field: string): { profileId: string; versionNumber: number } {
  const match = /^(?<profileId>.+):(?<versionNumber>\d{1,9})$/s.exec(id);
  const { profileId, versionNumber } = match?.groups ?? {};
  if (profileId === undefined || versionNumber === undefined) {
    throw new UserInputError(field, `${field}: a version's id looks like AccessProfileVersion:<profile>:<number>.`);
  }
  const problem = problemOfId(profileId);
  if (problem !== null) throw new UserInputError(field, `${field}: ${problem}`);
  return { profileId, versionNumber: Number(versionNumber) };
}

/** The names of one entity: its data source, its type and its id there. */
export interface EntityName {
  readonly datasourceId: string;
  readonly entityType: string;
  readonly entityId: string;
}

/** The global id of an entity: `Entity:<data source>:<entity type>:<entity id>`, with `:` and `%` of the parts escaped. */
export function entityGlobalId({ datasourceId, entityType, entityId }: EntityName): string {
  const escaped = (part: string) => part.replaceAll('%', '%25').replaceAll(':', '%3A');
  return globalId('Entity', [datasourceId, entityType, entityId].map(escaped).join(':'));
}

/** The parts of an entity's id. Throws UserInputError naming `field` where it is not one. */
export function entityNameOf(id: string, field: string): EntityName {
  const plain = (part: string) => part.replaceAll('%3A', ':').replaceAll('%25', '%');
  const [datasourceId = '', entityType = '', entityId = '', ...rest] = id.split(':').map(plain);
  if (datasourceId === '' || entityType === '' || entityId === '' || rest.length > 0) {
    throw new UserInputError(
      field,
      `${field}: the id of an entity looks like Entity:<data source>:<entity type>:<entity id>, with ":" in a part written as "%3A".`,
    );
  }
  return { datasourceId, entityType, entityId };
}
