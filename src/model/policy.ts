/** A lifecycle policy: the rules that give profiles to identities (neighbour notes §5). */
export declare abstract class LifecyclePolicy {
  get policyId(): string;
  get name(): string | null;
  get description(): string | null;
  get state(): string | null;
  get currentVersionNumber(): number | null;
  get draftVersionNumber(): number | null;
  get sourceEntityType(): string | null;
  get datasourceIds(): readonly string[];
  /** The profiles that the API says it uses; empty also where the API did not fill the list in. */
  get usedProfileIds(): readonly string[];
  /** Each text in the configuration of an action of the current version, with the workflows that run such an action. */
  get configuredTexts(): ReadonlyMap<string, readonly string[]>;
}

/**
 * What a policy names as profiles: those in its list, or, where the API did not fill that in, each whole text in the configuration
 * of an action.
 */
export function profilesNamedBy({ usedProfileIds, configuredTexts }: LifecyclePolicy): Iterable<string> {
  return usedProfileIds.length > 0 ? usedProfileIds : configuredTexts.keys();
}

/** Whether a policy names a profile, likewise. */
export function namesProfile({ usedProfileIds, configuredTexts }: LifecyclePolicy, profileId: string): boolean {
  return usedProfileIds.length > 0 ? usedProfileIds.includes(profileId) : configuredTexts.has(profileId);
}
