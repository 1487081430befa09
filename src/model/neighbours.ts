/** A lifecycle-management data source: the system that entities are in (neighbour notes §2). */
export declare abstract class Datasource {
  get datasourceId(): string;
  get name(): string | null;
  get providerType(): string | null;
  get providerId(): string | null;
  get externalId(): string | null;
  get enabled(): boolean | null;
  /** The names of the actions that the API lists for it; each once. */
  get actions(): readonly string[];
}

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
 * The ids that a policy names as profiles: those in its list, or, if the API did not fill that in, each whole text in the
 * configuration of an action.
 */
export function profilesNamedBy({ usedProfileIds, configuredTexts }: LifecyclePolicy): Iterable<string> {
  return usedProfileIds.length > 0 ? usedProfileIds : configuredTexts.keys();
}

/** Whether a policy names a profile, likewise. */
export function namesProfile({ usedProfileIds, configuredTexts }: LifecyclePolicy, profileId: string): boolean {
  return usedProfileIds.length > 0 ? usedProfileIds.includes(profileId) : configuredTexts.has(profileId);
}

/** A request to give access or take it away, such as a change of members makes (neighbour notes §6). */
export declare abstract class AccessRequest {
  get requestId(): string;
  /** In the words of the API: which of its states are final is not documented. */
  get state(): string | null;
  /** Those of the request and of its plans. */
  get errorMessages(): readonly string[];
}

/** A call that somebody made to the API, as its audit log tells of it (neighbour notes §8). What was sent and answered is not read. */
export interface AuditEntry {
  readonly at: string;
  readonly userId: string | null;
  /** In the words of the API. */
  readonly action: string;
  readonly requestId: string | null;
  readonly method: string;
  /** As the API prints it: with or without an origin, with or without a query. */
  readonly url: string;
  /** null: the log does not say. */
  readonly status: number | null;
}
