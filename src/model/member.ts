/** An identity that holds a version of a profile (API notes §1.6). */
export declare abstract class Member {
  get identityId(): string;
  get identityName(): string | null;
  /** How it came to be one: `ACCESS_PROFILE_MEMBERSHIP`, `BIRTHRIGHT`, …; an open set. */
  get createdFrom(): string | null;
  get workflow(): string | null;
}

/** What a change of members answers; an error message may come with a 200. */
export interface MembershipChange {
  readonly accessRequestId: string | null;
  readonly accessRequestErrorMessage: string | null;
}
