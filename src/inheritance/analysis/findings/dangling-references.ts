import { type Entitlement, entitlementKey } from '../../../model/entitlement.ts';
import { directEntitlements } from '../../../model/profile.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import type { Steps } from '../../steps.ts';
import { type Finding, type FindingFacts, finding, listed, named, quoted, shorten } from './finding.ts';

/** Things that profiles, types and policies name by id. */
const referenceKinds = ['data source', 'policy', 'type'] as const;
type ReferenceKind = (typeof referenceKinds)[number];

/** Who names one id. */
interface Naming {
  readonly nodes: Set<number>;
  /** Names of the types and policies, in words. */
  readonly others: Set<string>;
  readonly entitlements: Map<string, Entitlement>;
}

/** Ids that are named, by kind, in the order of the first naming. */
type NamedReferences = Readonly<Record<ReferenceKind, ReadonlyMap<string, Naming>>>;

/**
 * DANGLING_REFERENCE: one for each data source, policy or type that something names and that the API did not return, with
 * all profiles that name it. Nothing is said of a list that was not read.
 */
export function* danglingReferenceFindings(hierarchy: Hierarchy, facts: FindingFacts): Steps<Finding[]> {
  const named = yield* unknownReferences(hierarchy, facts);
  return referenceKinds.flatMap((kind) =>
    [...named[kind]].map(([id, naming]) => findingOf(hierarchy, kind, id, naming)),
  );
}

function findingOf(hierarchy: Hierarchy, kind: ReferenceKind, id: string, naming: Naming): Finding {
  const { nodes, others, entitlements } = naming;
  const names = [...Array.from(nodes, (node) => named(hierarchy, node)), ...others];
  const verb = names.length === 1 ? 'names' : 'name';
  const message = `${listed(names)} ${verb} ${kind} ${shorten(id)}, which the API does not return.`;
  return finding(hierarchy, 'DANGLING_REFERENCE', message, nodes, {
    entitlements: [...entitlements.values()],
    about: `${kind} ${id}`,
  });
}

/**
 * What profiles, their types and policies name that is not in the lists that were read. Throws GatewayError where the entitlements
 * of a profile can't be read.
 */
export function* unknownReferences(
  hierarchy: Hierarchy,
  { datasources, policies }: Pick<FindingFacts, 'datasources' | 'policies'>,
): Steps<NamedReferences> {
  const known: Readonly<Record<ReferenceKind, ReadonlySet<string> | null>> = {
    'data source': datasources && new Set(datasources.map(({ datasourceId }) => datasourceId)),
    policy: policies && new Set(policies.map(({ policyId }) => policyId)),
    type: new Set(hierarchy.types.map(({ typeId }) => typeId)),
  };
  const found = { 'data source': new Map(), policy: new Map(), type: new Map() } as const satisfies Record<
    ReferenceKind,
    Map<string, Naming>
  >;
  const naming = (kind: ReferenceKind, id: string | null | undefined): Naming | null => {
    if (!id || (known[kind]?.has(id) ?? true)) return null;
    const all: Map<string, Naming> = found[kind];
    const named = all.get(id) ?? { nodes: new Set(), others: new Set(), entitlements: new Map() };
    all.set(id, named);
    return named;
  };
  for (const [node, profile] of hierarchy.profiles.entries()) {
    naming('type', profile.typeId)?.nodes.add(node);
    naming('data source', profile.currentVersion?.applicationDatasourceId)?.nodes.add(node);
    naming('policy', profile.currentVersion?.applicationSyncIdentityAction?.policyId)?.nodes.add(node);
    for (const entitlement of directEntitlements(profile)) {
      const { datasourceId, syncIdentityAction } = entitlement;
      for (const each of [naming('data source', datasourceId), naming('policy', syncIdentityAction?.policyId)]) {
        each?.nodes.add(node);
        each?.entitlements.set(entitlementKey(entitlement), entitlement);
      }
    }
    yield;
  }
  for (const { typeId, name, allowInheritedFromTypeIds, createEntitlements } of hierarchy.types) {
    const words = `type ${quoted(name, typeId)}`;
    for (const id of allowInheritedFromTypeIds) naming('type', id)?.others.add(words);
    for (const { datasourceId } of createEntitlements) naming('data source', datasourceId)?.others.add(words);
  }
  for (const { policyId, name, datasourceIds } of policies ?? []) {
    for (const id of datasourceIds) naming('data source', id)?.others.add(`policy ${quoted(name ?? '', policyId)}`);
  }
  return found;
}
