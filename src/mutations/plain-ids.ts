import type {
  CreateEntitlementInput,
  EntitlementInput,
  EntityRefInput,
  Maybe,
  UpdateVersionInput,
} from '../model/change-input.ts';
import type { SyncIdentityAction } from '../model/entitlement.ts';
import { type NodeKind, plainId } from '../model/node-id.ts';

/**
 * Inputs name data sources, identities and policies by texts, which may be global ids as well. These functions put the API's
 * own ids in their place, as `plainId` does.
 */
export function plainIds(kind: NodeKind, ids: readonly string[], field: string): readonly string[] {
  return ids.map((id, i) => plainId(kind, id, `${field}.${i}`));
}

/** The place of a version's application. */
type ApplicationInput = Pick<UpdateVersionInput, 'applicationDatasourceId' | 'applicationSyncIdentityAction'>;

/** Members that are absent stay absent: they are not sent. */
export function plainVersionInput(input: UpdateVersionInput): UpdateVersionInput {
  const { entitlements, addEntitlements: added, removeEntitlements: removed } = input;
  return {
    ...withPlainApplication(input),
    ...(entitlements && { entitlements: plainEntitlements(entitlements, 'input.entitlements') }),
    ...(added && { addEntitlements: plainEntitlements(added, 'input.addEntitlements') }),
    ...(removed && { removeEntitlements: plainRefs(removed, 'input.removeEntitlements') }),
  };
}

export function withPlainApplication<T extends ApplicationInput>(input: T): T {
  const { applicationDatasourceId: datasource, applicationSyncIdentityAction: action } = input;
  return {
    ...input,
    ...(datasource && { applicationDatasourceId: plainId('Datasource', datasource, 'input.applicationDatasourceId') }),
    ...(action && { applicationSyncIdentityAction: plainAction(action, 'input.applicationSyncIdentityAction') }),
  };
}

function plainAction({ policyId, name }: SyncIdentityAction, field: string): SyncIdentityAction {
  return { policyId: plainId('LifecyclePolicy', policyId, `${field}.policyId`), name };
}

export function plainEntitlements(
  entitlements: readonly EntitlementInput[],
  field: string,
): readonly EntitlementInput[] {
  return entitlements.map((entitlement, i) => {
    const at = `${field}.${i}`;
    const { datasourceId, syncIdentityAction: action } = entitlement;
    return {
      ...entitlement,
      datasourceId: plainId('Datasource', datasourceId, `${at}.datasourceId`),
      ...(action && { syncIdentityAction: plainAction(action, `${at}.syncIdentityAction`) }),
    };
  });
}

function plainRefs(refs: readonly EntityRefInput[], field: string): readonly EntityRefInput[] {
  return refs.map((ref, i) => ({
    ...ref,
    datasourceId: plainId('Datasource', ref.datasourceId, `${field}.${i}.datasourceId`),
  }));
}

export function plainCreateEntitlements(
  entitlements: Maybe<readonly CreateEntitlementInput[]>,
  field: string,
): Maybe<readonly CreateEntitlementInput[]> {
  return entitlements?.map(({ datasourceId, ...rest }, i) => ({
    ...rest,
    ...(datasourceId !== undefined && {
      datasourceId: datasourceId && plainId('Datasource', datasourceId, `${field}.${i}.datasourceId`),
    }),
  }));
}

/** The same input with other ids of parents. Lists that are absent stay absent. */
export function withParentIds<T extends ParentLists>(
  input: T,
  replaced: (ids: readonly string[]) => readonly string[],
): T {
  const { inheritsFrom, addInheritsFrom, removeInheritsFrom } = input;
  return {
    ...input,
    ...(inheritsFrom && { inheritsFrom: replaced(inheritsFrom) }),
    ...(addInheritsFrom && { addInheritsFrom: replaced(addInheritsFrom) }),
    ...(removeInheritsFrom && { removeInheritsFrom: replaced(removeInheritsFrom) }),
  };
}

type ParentLists = Pick<UpdateVersionInput, 'inheritsFrom' | 'addInheritsFrom' | 'removeInheritsFrom'>;
