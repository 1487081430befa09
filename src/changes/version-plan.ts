import type { EntityRefInput, UpdateVersionInput } from '../model/change-input.ts';
import { type Entitlement, entitlementKey } from '../model/entitlement.ts';
import { idOf } from '../model/node-id.ts';
import type { JsonObject } from '../wire/decode.ts';
import { encodeEntitlement, encodeKeptEntitlement, type VersionChanges } from '../wire/encode.ts';
import { type FieldViolation, InvalidInput, refuseIf } from './failure.ts';
import { checkVersion } from './members.ts';
import { grantOf } from './rules.ts';
import type { FieldNames } from './upstream-failure.ts';
import { checkEntitlements, checkTexts } from './validate.ts';

/** What a version grants and inherits. */
export interface VersionContent {
  readonly entitlements: readonly Entitlement[];
  readonly parentIds: readonly string[];
}

/** A change of a version, worked out against its content. */
export interface VersionPlan {
  readonly after: VersionContent;
  /** What is sent: only what the caller named. */
  readonly changes: VersionChanges;
  readonly addedParents: readonly { readonly id: string; readonly field: string }[];
  readonly names: FieldNames;
}

/** Throws InvalidInput for what can be told from the input alone. */
export function checkVersionInput(input: UpdateVersionInput): void {
  const { addEntitlements, removeEntitlements, addInheritsFrom, removeInheritsFrom } = input;
  refuseIf([
    ...checkVersion(input.version),
    ...(input.state === 'UNRECOGNIZED' || input.state === null
      ? [{ field: 'input.state', description: 'must be a state that the API knows.' }]
      : []),
    ...eitherOr(input, 'entitlements', ['addEntitlements', 'removeEntitlements']),
    ...eitherOr(input, 'inheritsFrom', ['addInheritsFrom', 'removeInheritsFrom']),
    ...checkEntitlements(input.entitlements, 'input.entitlements'),
    ...checkEntitlements(addEntitlements, 'input.addEntitlements'),
    ...(removeEntitlements ?? []).flatMap((ref, i) => checkRef(ref, `input.removeEntitlements.${i}`)),
    ...checkTexts(input.inheritsFrom, 'input.inheritsFrom'),
    ...checkTexts(addInheritsFrom, 'input.addInheritsFrom'),
    ...checkTexts(removeInheritsFrom, 'input.removeInheritsFrom'),
  ]);
  const { id: _id, version: _version, ifUpdatedAt: _ifUpdatedAt, dryRun: _dryRun, ...changes } = input;
  if (Object.values(changes).every((value) => value === undefined)) {
    throw new InvalidInput([{ field: 'input', description: 'names nothing to change.' }]);
  }
}

/** Whether the change is worked out from what the version holds, which therefore has to be read. */
export function needsContent(input: UpdateVersionInput): boolean {
  return Boolean(
    input.addEntitlements ?? input.removeEntitlements ?? input.addInheritsFrom ?? input.removeInheritsFrom,
  );
}

/** Works out a change. `before` null: the version can not be read, and nothing in the input needs it. */
export function planVersion(input: UpdateVersionInput, before: VersionContent | null): VersionPlan {
  const entitlements = planEntitlements(input, before?.entitlements ?? []);
  const parents = planParents(input, before?.parentIds ?? []);
  return {
    after: {
      entitlements: entitlements?.after ?? before?.entitlements ?? [],
      parentIds: parents?.after ?? before?.parentIds ?? [],
    },
    changes: {
      state: input.state ?? undefined,
      entitlements: entitlements?.sent,
      inheritsFrom: parents?.after,
      accessRequestPolicyId: cleared(input.accessRequestPolicyId),
      applicationDatasourceId: cleared(input.applicationDatasourceId),
      applicationSyncIdentityAction: input.applicationSyncIdentityAction,
    },
    addedParents: parents?.added ?? [],
    names: entitlements?.names ?? ((path) => path),
  };
}

interface EntitlementPlan {
  readonly after: readonly Entitlement[];
  readonly sent: readonly JsonObject[];
  readonly names: FieldNames;
}

function planEntitlements(input: UpdateVersionInput, before: readonly Entitlement[]): EntitlementPlan | null {
  if (input.entitlements) {
    return {
      after: input.entitlements.map(grantOf),
      sent: input.entitlements.map(encodeEntitlement),
      names: (path) => path,
    };
  }
  if (!input.addEntitlements && !input.removeEntitlements) return null;
  const removed = input.removeEntitlements ?? [];
  const kept = before.filter((entitlement) => !removed.some((ref) => isMeant(ref, entitlement)));
  const keys = new Map(kept.map((entitlement, i) => [entitlementKey(entitlement), i]));
  const after = [...kept];
  const sent = kept.map(encodeKeptEntitlement);
  /** Where the fields of a sent entry come from, so that a complaint of the API about it can be passed on. */
  const sources = kept.map((): string | null => null);
  for (const [i, added] of (input.addEntitlements ?? []).entries()) {
    const grant = grantOf(added);
    const at = keys.get(entitlementKey(grant)) ?? after.length;
    // A grant that is there already is not held twice: it takes on what the caller says of it, and keeps the rest.
    sent[at] = { ...sent[at], ...encodeEntitlement(added) };
    after[at] = { ...grant, wire: sent[at] };
    sources[at] = `addEntitlements.${i}`;
  }
  const names: FieldNames = ([list, index, ...rest]) => {
    const source = list === 'entitlements' && typeof index === 'number' ? sources[index] : null;
    return source ? [source, ...rest] : [list ?? '', ...(index === undefined ? [] : [index]), ...rest];
  };
  return { after, sent, names };
}

interface ParentPlan {
  readonly after: readonly string[];
  readonly added: readonly { readonly id: string; readonly field: string }[];
}

function planParents(input: UpdateVersionInput, before: readonly string[]): ParentPlan | null {
  const ids = (values: readonly string[], field: string) =>
    values.map((value, i) => ({
      id: idOf('AccessProfile', value, `input.${field}.${i}`),
      field: `input.${field}.${i}`,
    }));
  if (input.inheritsFrom) {
    const named = ids(input.inheritsFrom, 'inheritsFrom');
    const after = [...new Set(named.map(({ id }) => id))];
    return { after, added: named.filter(({ id }) => !before.includes(id)) };
  }
  if (!input.addInheritsFrom && !input.removeInheritsFrom) return null;
  const removed = new Set(ids(input.removeInheritsFrom ?? [], 'removeInheritsFrom').map(({ id }) => id));
  const added = ids(input.addInheritsFrom ?? [], 'addInheritsFrom');
  const after = [...new Set([...before.filter((id) => !removed.has(id)), ...added.map(({ id }) => id)])];
  return { after, added: added.filter(({ id }) => !before.includes(id)) };
}

/** Whether a change that was worked out leaves everything as it is, so that nothing need be sent. */
export function changesNothing(plan: VersionPlan, before: VersionContent | null): boolean {
  const { entitlements, inheritsFrom, ...others } = plan.changes;
  if (before === null || Object.values(others).some((value) => value !== undefined)) return false;
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return (
    (entitlements === undefined || isSame(entitlements, before.entitlements.map(encodeKeptEntitlement))) &&
    (inheritsFrom === undefined || isSame(inheritsFrom, before.parentIds))
  );
}

function isMeant(ref: EntityRefInput, entitlement: Entitlement): boolean {
  return (
    ref.entityId === entitlement.entityId &&
    ref.datasourceId === entitlement.datasourceId &&
    (!ref.entityType || ref.entityType === entitlement.entityType)
  );
}

function checkRef(ref: EntityRefInput, field: string): readonly FieldViolation[] {
  return (['datasourceId', 'entityId'] as const)
    .filter((name) => ref[name].trim() === '')
    .map((name) => ({ field: `${field}.${name}`, description: 'must not be empty.' }));
}

function eitherOr(
  input: UpdateVersionInput,
  whole: 'entitlements' | 'inheritsFrom',
  parts: readonly ('addEntitlements' | 'removeEntitlements' | 'addInheritsFrom' | 'removeInheritsFrom')[],
): readonly FieldViolation[] {
  if (!input[whole]) return [];
  return parts
    .filter((part) => input[part])
    .map((part) => ({
      field: `input.${part}`,
      description: `can not be combined with ${whole}, which replaces the list.`,
    }));
}

/** null clears; the API's word for nothing is the empty string. */
function cleared(value: string | null | undefined): string | undefined {
  return value === null ? '' : value;
}
