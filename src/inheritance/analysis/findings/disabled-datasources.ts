import { type Entitlement, entitlementKey } from '../../../model/entitlement.ts';
import { directEntitlements } from '../../../model/profile.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import type { Steps } from '../../steps.ts';
import { type Finding, type FindingFacts, finding, named, quoted } from './finding.ts';

/**
 * DISABLED_DATASOURCE: one for each profile and each data source that the API says is disabled and in which the profile itself
 * grants something. Nothing is said where data sources were not read.
 */
export function* disabledDatasourceFindings(hierarchy: Hierarchy, { datasources }: FindingFacts): Steps<Finding[]> {
  const disabled = new Map(
    (datasources ?? []).filter(({ enabled }) => enabled === false).map((each) => [each.datasourceId, each]),
  );
  if (disabled.size === 0) return [];
  const findings: Finding[] = [];
  for (const [node, profile] of hierarchy.profiles.entries()) {
    const granted = new Map<string, Map<string, Entitlement>>();
    for (const entitlement of directEntitlements(profile)) {
      const { datasourceId } = entitlement;
      if (!disabled.has(datasourceId)) continue;
      const others = granted.get(datasourceId) ?? new Map<string, Entitlement>();
      granted.set(datasourceId, others.set(entitlementKey(entitlement), entitlement));
    }
    for (const [id, entitlements] of granted) {
      const message = `${named(hierarchy, node)} grants entitlements in data source ${quoted(disabled.get(id)?.name ?? '', id)}, which is disabled.`;
      findings.push(
        finding(hierarchy, 'DISABLED_DATASOURCE', message, [node], {
          entitlements: [...entitlements.values()],
          about: id,
        }),
      );
    }
    yield;
  }
  return findings;
}
