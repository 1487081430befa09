import { setTimeout as delay } from 'node:timers/promises';
import { GatewayError, UpstreamError, valueOrError } from '../errors.ts';
import type { MaybePromise } from '../loaders/call.ts';
import type { CreateProfileInput, CreateProfileTypeInput } from '../model/change-input.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { isOutcomeUnknown } from '../upstream/write-outcome.ts';
import { plannedEntitlement } from '../wire/planned-rows.ts';
import { refuseIf } from './failure.ts';
import { plainCreateEntitlements, plainEntitlements, withPlainApplication } from './plain-ids.ts';
import type { Proposal } from './proposal.ts';
import { checkProposal } from './rules.ts';
import type { ChangeSession } from './session.ts';
import { apiId, apiIds, checkEntitlements, checkLabels, checkName, checkState } from './validate.ts';
import { readBackDelays, untilBegun } from './write.ts';

/** Creates a type. The API decides which combinations of rules make sense. */
export async function createProfileType(session: ChangeSession, input: CreateProfileTypeInput): Promise<ProfileType> {
  refuseIf([
    ...checkName(input.name, 'input.name'),
    ...(input.maxEntitlements && input.maxEntitlements < 0
      ? [{ field: 'input.maxEntitlements', description: 'must not be negative; leave it out for no limit.' }]
      : []),
  ]);
  const { allowInheritedFromTypes: types, createEntitlements: created } = input;
  const request: CreateProfileTypeInput = {
    ...input,
    ...(types && { allowInheritedFromTypes: apiIds('AccessProfileType', types, 'input.allowInheritedFromTypes') }),
    ...(created && { createEntitlements: plainCreateEntitlements(created, 'input.createEntitlements') }),
  };
  const type = await untilBegun(() => session.call(endpoints.createProfileType, request)).catch((error: unknown) =>
    unclearCreation(error, 'type', input.name),
  );
  const expected: Expected = { what: 'type', name: input.name, typeId: null, otherIds: [] };
  checkCreated(expected, type);
  const found = await readCreated('type', type.typeId, () => session.refresh().types.load(type.typeId));
  if (found === null) return type;
  checkCreated(expected, found);
  return found;
}

/** The body that creates a profile. */
export interface CreationRequest extends CreateProfileInput {
  readonly inheritsFrom?: readonly string[] | undefined;
}

/** The input with ids of the API's own. Throws InvalidInput for mistakes that the input alone shows. */
export function checkedCreation(asked: CreateProfileInput): CreationRequest {
  const input: CreateProfileInput = {
    ...withPlainApplication(asked),
    ...(asked.entitlements && { entitlements: plainEntitlements(asked.entitlements, 'input.entitlements') }),
  };
  refuseIf([
    ...checkName(input.name, 'input.name'),
    ...checkState(input.state, 'input.state'),
    ...checkLabels(input.labels, 'input.labels'),
    ...checkEntitlements(input.entitlements, 'input.entitlements'),
  ]);
  const { inheritsFrom, ...others } = input;
  const type = apiId('AccessProfileType', input.type, 'input.type');
  const parentIds = apiIds('AccessProfile', inheritsFrom ?? [], 'input.inheritsFrom');
  return {
    ...others,
    type,
    ...(inheritsFrom && { inheritsFrom: parentIds }),
    ...(input.labels && { labels: [...new Set(input.labels)] }),
  };
}

/** The new profile as rules see it. */
export function proposedCreation({
  type,
  entitlements,
  inheritsFrom = [],
  accessRequestPolicyId,
}: CreationRequest): Proposal {
  return {
    profileId: null,
    typeId: type,
    before: null,
    after: {
      entitlements: (entitlements ?? []).map(plannedEntitlement),
      parentIds: inheritsFrom,
    },
    addedParents: inheritsFrom.map((id, i) => ({ id, field: `input.inheritsFrom.${i}` })),
    isLive: true,
    accessRequestPolicyId: accessRequestPolicyId || null,
  };
}

/** Creates a profile, after its grants and parents have been checked against the rules of its type. */
export async function createProfile(session: ChangeSession, asked: CreateProfileInput): Promise<Profile> {
  const request = checkedCreation(asked);
  const { type: typeId, inheritsFrom: parentIds = [] } = request;
  const created = await untilBegun(async () => {
    await checkProposal(session.refresh(), proposedCreation(request), session.enforcedRules);
    return session.call(endpoints.createProfile, request);
  }).catch((error: unknown) => unclearCreation(error, 'profile', request.name));
  const type = await session.loaders().types.load(typeId);
  const expected: Expected = {
    what: 'profile',
    // Such a rule of the type may make any other name of it.
    name: type !== null && orElse(() => type.nameTransformer !== null, true) ? null : request.name,
    typeId,
    otherIds: parentIds,
  };
  checkCreated(expected, created);
  const { profileId } = created;
  const found = await readCreated('profile', profileId, () => session.refresh().profiles.load(profileId));
  if (found === null && !showsLists(created, request)) throw notReadAgain('profile', profileId);
  if (found === null) return created;
  checkCreated(expected, found);
  return found;
}

/** The part of a creation that the reply must agree with. */
interface Expected {
  readonly what: 'profile' | 'type';
  /** null: the API may choose the name. */
  readonly name: string | null;
  /** null: it has none. */
  readonly typeId: string | null;
  /** Ids that were known before. */
  readonly otherIds: readonly string[];
}

/** A value that can't be read tells no more than one that is left out; the write was sent in any case. */
function orElse<T>(read: () => T, otherwise: T): T {
  const value = valueOrError(read);
  return value instanceof GatewayError ? otherwise : value;
}

/** Clocks and time zones may differ by less than this. */
const dayMs = 86_400_000;

/** A new profile is written within a moment; one that was updated this long after its creation is not new. */
const minuteMs = 60_000;

/**
 * Throws UpstreamError where what the API says it has created is something else: an API that answers with an older
 * profile of another name, type or age would have it shown as the new one. What a reply leaves out tells nothing.
 */
function checkCreated({ what, name, typeId, otherIds }: Expected, created: Profile | ProfileType): void {
  const plain = (text: string) => text.trim().toLowerCase();
  const [id, readType] =
    'profileId' in created ? [created.profileId, () => created.typeId] : [created.typeId, () => null];
  const type = orElse(readType, null);
  const shownName = orElse(() => created.name, '');
  const createdAt = orElse(() => Date.parse(created.createdAt ?? ''), Number.NaN);
  const updatedAt = orElse(() => Date.parse(created.updatedAt ?? ''), Number.NaN);
  // The date of creation alone does not tell: an API may answer with a fixed one.
  const isOlder = Date.now() - createdAt > dayMs && updatedAt - createdAt > minuteMs;
  const problems = [
    // A type may put a prefix before it.
    name !== null && shownName !== '' && !plain(shownName).endsWith(plain(name)) && 'its name is another',
    typeId !== null && type !== null && plain(type) !== plain(typeId) && 'its type is another',
    otherIds.includes(id) && 'its id was in use before',
    isOlder && 'it was created and updated before',
  ];
  const problem = problems.find((each) => each !== false);
  if (problem === undefined) return;
  throw new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    `The gateway asked the Veza API to create a ${what}, and the reply is about another ${what} (${problem}): ${lookFor(what, name)}`,
    { status: 200 },
  );
}

/**
 * Reads what was created, since the reply may hold only a part of it (API notes §9). Where that fails, the error names the
 * id, so that nobody creates it once more. It is read up to three times, as after other writes. null: no list shows it yet.
 */
async function readCreated<T>(
  what: 'profile' | 'type',
  id: string,
  read: () => MaybePromise<T | null>,
): Promise<T | null> {
  try {
    let found: T | null = null;
    for (const wait of readBackDelays) {
      if (wait > 0) await delay(wait);
      found = await read();
      if (found !== null) break;
    }
    return found;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw notReadAgain(what, id, error);
  }
}

function notReadAgain(what: 'profile' | 'type', id: string, cause?: GatewayError): UpstreamError {
  const message = `The ${what} was created as ${id} and could not be read again. Read ${id}; do not create the ${what} once more.`;
  const upstream = cause instanceof UpstreamError ? cause.upstream : {};
  return new UpstreamError('WRITE_OUTCOME_UNKNOWN', message, upstream, { cause });
}

/** Whether a reply shows something of each list that was sent. One that does not would have it shown as empty. */
function showsLists(created: Profile, { labels, entitlements, inheritsFrom }: CreateProfileInput): boolean {
  const isShown = (sent: readonly unknown[] | null | undefined, read: () => readonly unknown[]) =>
    !sent || sent.length === 0 || orElse(() => read().length > 0, false);
  return (
    isShown(labels, () => created.labels) &&
    isShown(entitlements, () => created.currentVersion?.entitlements ?? []) &&
    isShown(inheritsFrom, () => directParentIds(created) ?? [])
  );
}

/** Nobody knows the id of what may have been created: only its name can be looked for. */
function unclearCreation(error: unknown, what: 'profile' | 'type', name: string): never {
  if (!isOutcomeUnknown(error)) throw error;
  const message = `The gateway asked the Veza API to create a ${what} and got no clear reply: ${lookFor(what, name)}`;
  throw new UpstreamError(error.code, message, error.upstream, { cause: error });
}

function lookFor(what: 'profile' | 'type', name: string | null): string {
  return `the ${what} may exist or not. Look for a ${what}${name === null ? '' : ` named "${name}"`} before you create it again.`;
}
