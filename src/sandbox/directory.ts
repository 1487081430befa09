import type { AccessRequestRecord, DatasourceRecord, IdentityRecord, PolicyRecord } from './record.ts';
import { completeIdentity, completePolicy, type World } from './world.ts';

/**
 * Holds the records beside the profiles, in order of creation: systems, people, policies, and the requests for access that member
 * changes make.
 */
export class Directory {
  readonly datasources: ReadonlyMap<string, DatasourceRecord>;
  readonly policies: ReadonlyMap<string, PolicyRecord>;
  readonly identities = new Map<string, IdentityRecord>();
  readonly #requests = new Map<string, AccessRequestRecord>();

  constructor({ datasources = [], identities = [], policies = [], accessRequests = [] }: World) {
    this.datasources = new Map(datasources.map((datasource) => [datasource.id, datasource]));
    this.policies = new Map(policies.map((policy) => [policy.id, completePolicy(policy)]));
    for (const identity of identities) {
      this.identities.set(identity.id, completeIdentity(identity, this.#defaultPolicy()));
    }
    for (const request of accessRequests) this.putAccessRequest(request);
  }

  /** Makes an id known of which nothing else was said. */
  ensureIdentity(id: string): void {
    if (!this.identities.has(id)) this.identities.set(id, completeIdentity({ id, name: id }, this.#defaultPolicy()));
  }

  accessRequest(id: string): AccessRequestRecord | undefined {
    return this.#requests.get(id);
  }

  /** Keeps the newest ten thousand. */
  putAccessRequest(request: AccessRequestRecord): void {
    this.#requests.set(request.id, request);
    const [oldest] = this.#requests.keys();
    if (this.#requests.size > 10_000 && oldest !== undefined) this.#requests.delete(oldest);
  }

  #defaultPolicy(): string {
    const [first] = this.policies.keys();
    return first ?? 'policy';
  }
}
