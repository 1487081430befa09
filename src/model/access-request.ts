/** A request to give access or take it away, such as a change of members makes (neighbour notes §6). */
export declare abstract class AccessRequest {
  get requestId(): string;
  /** In the words of the API: which of its states are final is not documented. */
  get state(): string | null;
  /** Those of the request and of its plans. */
  get errorMessages(): readonly string[];
}
