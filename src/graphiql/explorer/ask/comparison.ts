import { isRecord, type JsonObject, records } from '../../json.ts';
import type { Profile } from '../graph/profile-graph.ts';
import { entitlementKey } from '../text/entitlement-name.ts';
import { type Ask, AskError, rootField } from './ask.ts';
import { type EffectiveEntitlement, effectiveFields, readEffective } from './profile.ts';
import { namedEntitlementFields, profileFields, readEntitlement, readProfile } from './profile-fields.ts';

const document = `query ExplorerComparison($a: ID!, $b: ID!) {
  compareAccessProfiles(a: $a, b: $b) {
    a { ${profileFields} ${effectiveFields} }
    b { ${profileFields} ${effectiveFields} }
    shared { ${namedEntitlementFields} }
    onlyA { ${namedEntitlementFields} }
    onlyB { ${namedEntitlementFields} }
  }
}`;

/** An entitlement that both profiles have, with where each has it from. */
export interface SharedEntitlement {
  readonly a: EffectiveEntitlement;
  readonly b: EffectiveEntitlement;
}

export interface Comparison {
  readonly a: Profile;
  readonly b: Profile;
  readonly onlyA: readonly EffectiveEntitlement[];
  readonly both: readonly SharedEntitlement[];
  readonly onlyB: readonly EffectiveEntitlement[];
}

/** What two profiles grant, side by side. Undefined if the gateway returns one of them not. */
export async function askComparison(ask: Ask, a: string, b: string): Promise<Comparison | undefined> {
  const answered = await ask(document, { a, b });
  if (answered.data['compareAccessProfiles'] === null && answered.errorAt('compareAccessProfiles') === undefined)
    return undefined;
  const value = rootField(answered, 'compareAccessProfiles');
  const comparison = isRecord(value) ? value : {};
  const [profileA, profileB] = [readProfile(comparison['a']), readProfile(comparison['b'])];
  if (profileA === undefined || profileB === undefined) return undefined;
  const [sourcesA, sourcesB] = [sourcesOf(comparison['a']), sourcesOf(comparison['b'])];
  if (sourcesA === undefined || sourcesB === undefined)
    throw (
      answered.errorAt('effectiveEntitlements') ?? new AskError('The sources of the entitlements could not be read.')
    );
  return {
    a: profileA,
    b: profileB,
    onlyA: list(comparison, 'onlyA', sourcesA),
    onlyB: list(comparison, 'onlyB', sourcesB),
    both: list(comparison, 'shared', sourcesA).map((item) => ({
      a: item,
      b: sourcesB.get(entitlementKey(item.entitlement)) ?? item,
    })),
  };
}

type Sources = ReadonlyMap<string, EffectiveEntitlement>;

function sourcesOf(profile: unknown): Sources | undefined {
  const values = isRecord(profile) ? profile['effectiveEntitlements'] : undefined;
  if (!Array.isArray(values)) return undefined;
  const effective = records(values).flatMap((value) => readEffective(value) ?? []);
  return new Map(effective.map((item) => [entitlementKey(item.entitlement), item]));
}

function list(comparison: JsonObject, field: string, sources: Sources): readonly EffectiveEntitlement[] {
  return records(comparison[field]).flatMap((value) => {
    const entitlement = readEntitlement(value);
    if (entitlement === undefined) return [];
    return [sources.get(entitlementKey(entitlement)) ?? { entitlement, isDirect: false, grantedBy: [], paths: [] }];
  });
}

/** Whether two profiles have an entitlement from different profiles. */
export function haveDifferentSources({ a, b }: SharedEntitlement): boolean {
  const sources = (item: EffectiveEntitlement) => JSON.stringify(item.grantedBy.map(({ id }) => id).sort());
  return sources(a) !== sources(b);
}
