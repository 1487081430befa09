/** A lifecycle-management data source: the system that entities are in (neighbour notes §2). */
export declare abstract class Datasource {
  get datasourceId(): string;
  get name(): string | null;
  get providerType(): string | null;
  get providerId(): string | null;
  get externalId(): string | null;
  get enabled(): boolean | null;
  /** What the API says that it can do, by the names of the actions; each once. */
  get actions(): readonly string[];
}
