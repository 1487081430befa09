import type { AccessRequestRecord, DatasourceRecord, IdentityRecord, PolicyRecord } from './record.ts';
import { completeIdentity, completePolicy, type World } from './world.ts';

/** Holds the records beside the profiles: systems, people, policies, and the requests for access that member changes make. */
export class Directory {
  readonly #datasources: ReadonlyMap<string, DatasourceRecord>;
  readonly #identities = new Map<string, IdentityRecord>();
  readonly #policies: ReadonlyMap<string, PolicyRecord>;
  readonly #requests = new Map<string, AccessRequestRecord>();

  constructor({ datasources = [], identities = [], policies = [], accessRequests = [] }: World) {
    this.#datasources = new Map(datasources.map((datasource) => [datasource.id, datasource]));
    this.#policies = new Map(policies.map((policy) => [policy.id, completePolicy(policy)]));
    for (const identity of identities) this.putIdentity(completeIdentity(identity, this.#defaultPolicy()));
    for (const request of accessRequests) this.putAccessRequest(request);
  }

  /** In order of creation, and so are the others. */
  datasources(): IterableIterator<DatasourceRecord> {
    return this.#datasources.values();
  }

  datasource(id: string): DatasourceRecord | undefined {
    return this.#datasources.get(id);
  }

  identity(id: string): IdentityRecord | undefined {
    return this.#identities.get(id);
  }

  /** Adds an identity, or replaces the one of that id. */
  putIdentity(identity: IdentityRecord): void {
    this.#identities.set(identity.id, identity);
  }

  /** Makes an id known of which nothing else was said. */
  ensureIdentity(id: string): void {
    if (!this.#identities.has(id)) this.putIdentity(completeIdentity({ id, name: id }, this.#defaultPolicy()));
  }

  policies(): IterableIterator<PolicyRecord> {
    return this.#policies.values();
  }

  policy(id: string): PolicyRecord | undefined {
    return this.#policies.get(id);
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
    const [first] = this.#policies.keys();
    return first ?? 'policy';
  }
}
