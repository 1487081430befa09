/** An entity as a rule names it; `entityType` null: of whatever type. */
export interface EntityRef {
  readonly datasourceId: string;
  readonly entityType: string | null;
  readonly entityId: string;
}

/** An entity as rules look it up: of any type. */
export function keyInRules({ datasourceId, entityId }: Pick<EntityRef, 'datasourceId' | 'entityId'>): string {
  return JSON.stringify([datasourceId, entityId]);
}

/** Separation of duties: nobody may hold an entitlement to an entity of each group at once. */
export interface SeparationRule {
  readonly name: string;
  readonly description: string | null;
  /** Whether a change that breaks it is refused; otherwise it is only reported. */
  readonly enforce: boolean;
  readonly groups: readonly (readonly EntityRef[])[];
}
