import type { EntityRefInput, UpdateVersionInput } from '../model/change-input.ts';
import { type Entitlement, entitlementKey } from '../model/entitlement.ts';
import type { JsonObject } from '../wire/decode.ts';
import { encodeEntitlement, encodeKeptEntitlement, type VersionChanges } from '../wire/encode.ts';
import { plannedEntitlement } from '../wire/planned-rows.ts';
import { alteredRow } from '../wire/row.ts';
import { type FieldViolation, InvalidInput, refuseIf } from './failure.ts';
import { plainVersionInput } from './plain-ids.ts';
import type { AddedParent, VersionContent } from './proposal.ts';
import { type FieldNames, namesOfMerged, plainNames } from './upstream-failure.ts';
import { apiId, apiIds, checkEntitlements, checkEntity, checkNotNull, checkState, checkVersion } from './validate.ts';

/** A change of a version, worked out against its content. */
export interface VersionPlan {
  readonly after: VersionContent;
  /** The body that is sent: only members that the caller named. */
  readonly changes: VersionChanges;
  readonly addedParents: readonly AddedParent[];
  readonly names: FieldNames;
}

/** The input with ids of the API's own. Throws InvalidInput for mistakes that the input alone shows. */
export function checkedVersionInput(request: UpdateVersionInput): UpdateVersionInput {
  const input = plainVersionInput(request);
  refuseIf([
    ...checkVersion(input.version, 'input.version'),
    ...checkState(input.state, 'input.state'),
    ...checkNotNull({ state: input.state, entitlements: input.entitlements, inheritsFrom: input.inheritsFrom }),
    ...eitherOr(input, 'entitlements', ['addEntitlements', 'removeEntitlements']),
    ...eitherOr(input, 'inheritsFrom', ['addInheritsFrom', 'removeInheritsFrom']),
    ...checkEntitlements(input.entitlements, 'input.entitlements'),
    ...checkEntitlements(input.addEntitlements, 'input.addEntitlements'),
    ...(input.removeEntitlements ?? []).flatMap((ref, i) => checkEntity(ref, `input.removeEntitlements.${i}`)),
  ]);
  const ids = (list: 'inheritsFrom' | 'addInheritsFrom' | 'removeInheritsFrom') => {
    const values = input[list];
    return values ? apiIds('AccessProfile', values, `input.${list}`) : undefined;
  };
  const { id, version, ifUpdatedAt, dryRun, ...named } = input;
  const changes = {
    ...named,
    addEntitlements: named.addEntitlements ?? undefined,
    removeEntitlements: named.removeEntitlements ?? undefined,
    inheritsFrom: ids('inheritsFrom'),
    addInheritsFrom: ids('addInheritsFrom'),
    removeInheritsFrom: ids('removeInheritsFrom'),
  };
  if (Object.values(changes).every((value) => value === undefined)) {
    throw new InvalidInput([{ field: 'input', description: 'must name at least one change.' }]);
  }
  const { addInheritsFrom = [], removeInheritsFrom = [] } = changes;
  refuseIf(
    removeInheritsFrom.flatMap((parent, i) =>
      addInheritsFrom.includes(parent)
        ? [{ field: `input.removeInheritsFrom.${i}`, description: 'is in addInheritsFrom as well.' }]
        : [],
    ),
  );
  return { ...changes, id: apiId('AccessProfile', id, 'input.id'), version, ifUpdatedAt, dryRun };
}

/** Whether the change is worked out from what the version holds, which therefore has to be read. */
export function needsContent(input: UpdateVersionInput): boolean {
  return Boolean(input.addEntitlements ?? input.removeEntitlements) || needsParents(input);
}

/** Whether it is worked out from whom the version directly inherits from. */
export function needsParents(input: UpdateVersionInput): boolean {
  return Boolean(input.addInheritsFrom ?? input.removeInheritsFrom);
}

/**
 * Works out a change. `before` null: the version can not be read, and nothing in the input needs it. Throws InvalidInput
 * for entries to remove that the version does not hold: a dry run without an effect would read as "safe".
 */
export function planVersion(input: UpdateVersionInput, before: VersionContent | null): VersionPlan {
  if (before !== null) refuseIf(missingEntries(input, before));
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
    names: (path) => (parents?.names ?? plainNames)((entitlements?.names ?? plainNames)(path)),
  };
}

function missingEntries(
  { removeEntitlements, removeInheritsFrom }: UpdateVersionInput,
  { entitlements, parentIds }: VersionContent,
): readonly FieldViolation[] {
  return [
    ...(removeEntitlements ?? []).flatMap((ref, i) =>
      entitlements.some((entitlement) => isMeant(ref, entitlement))
        ? []
        : [{ field: `input.removeEntitlements.${i}`, description: 'is not an entitlement of this version.' }],
    ),
    ...(removeInheritsFrom ?? []).flatMap((id, i) =>
      parentIds.includes(id)
        ? []
        : [{ field: `input.removeInheritsFrom.${i}`, description: `${id} is not a parent of this version.` }],
    ),
  ];
}

interface EntitlementPlan {
  readonly after: readonly Entitlement[];
  readonly sent: readonly JsonObject[];
  readonly names: FieldNames;
}

function planEntitlements(input: UpdateVersionInput, before: readonly Entitlement[]): EntitlementPlan | null {
  const { entitlements, addEntitlements, removeEntitlements = [] } = input;
  if (entitlements) {
    return {
      after: entitlements.map(plannedEntitlement),
      sent: entitlements.map(encodeEntitlement),
      names: plainNames,
    };
  }
  if (!addEntitlements && !input.removeEntitlements) return null;
  const kept = before.filter((entitlement) => !removeEntitlements?.some((ref) => isMeant(ref, entitlement)));
  const keys = new Map(kept.map((entitlement, i) => [entitlementKey(entitlement), i]));
  const after = [...kept];
  const sent = kept.map(encodeKeptEntitlement);
  const sources = kept.map((): string | null => null);
  for (const [i, added] of (addEntitlements ?? []).entries()) {
    const at = keys.get(entitlementKey(added)) ?? after.length;
    // A grant that is there already is not held twice: it takes on what the caller says of it, and keeps the rest.
    const merged = { ...sent[at], ...encodeEntitlement(added) };
    sent[at] = merged;
    after[at] = alteredRow(plannedEntitlement(added), { wire: merged });
    sources[at] = `addEntitlements.${i}`;
  }
  const names = namesOfMerged('entitlements', sources, addEntitlements ? 'addEntitlements' : 'removeEntitlements');
  return { after, sent, names };
}

interface ParentPlan {
  readonly after: readonly string[];
  readonly added: readonly AddedParent[];
  readonly names: FieldNames;
}

function planParents(input: UpdateVersionInput, before: readonly string[]): ParentPlan | null {
  const { inheritsFrom, addInheritsFrom, removeInheritsFrom } = input;
  const addedIn = (list: string, ids: readonly string[]) =>
    ids.flatMap((id, i) => (before.includes(id) ? [] : [{ id, field: `input.${list}.${i}` }]));
  if (inheritsFrom) {
    return { after: inheritsFrom, added: addedIn('inheritsFrom', inheritsFrom), names: plainNames };
  }
  if (!addInheritsFrom && !removeInheritsFrom) return null;
  const added = addInheritsFrom ?? [];
  const after = [...new Set([...before.filter((id) => !removeInheritsFrom?.includes(id)), ...added])];
  const sources = after.map((id) => (added.includes(id) ? `addInheritsFrom.${added.indexOf(id)}` : null));
  return {
    after,
    added: addedIn('addInheritsFrom', added),
    names: namesOfMerged('inheritsFrom', sources, addInheritsFrom ? 'addInheritsFrom' : 'removeInheritsFrom'),
  };
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

/** Whether an entitlement is one of those that a reference to an entity means. */
export function isMeant(ref: EntityRefInput, entitlement: Entitlement): boolean {
  return (
    ref.entityId === entitlement.entityId &&
    ref.datasourceId === entitlement.datasourceId &&
    (!ref.entityType || ref.entityType === entitlement.entityType)
  );
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
      description: `can't be combined with ${whole}, which replaces the list.`,
    }));
}

/** null clears; the API's word for nothing is the empty string. */
function cleared(value: string | null | undefined): string | undefined {
  return value === null ? '' : value;
}
