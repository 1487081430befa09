import type { Datasource, LifecyclePolicy } from '../../../model/neighbours.ts';
import type { SeparationRule } from '../../../model/separation-rule.ts';

/** The facts that findings need besides the profiles and their types. */
export interface FindingFacts {
  readonly separationRules: readonly SeparationRule[];
  /** Every data source that the API returns; null: not read, so that nothing can be said of them. */
  readonly datasources: readonly Datasource[] | null;
  /** Every lifecycle policy, likewise. */
  readonly policies: readonly LifecyclePolicy[] | null;
  /** Profiles, by id, of which it is proven that they have no members; null: members were not read. */
  readonly memberless: ReadonlySet<string> | null;
}

/** The facts if nothing else was read. */
export const noFacts: FindingFacts = { separationRules: [], datasources: null, policies: null, memberless: null };
