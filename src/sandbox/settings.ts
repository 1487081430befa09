/** The switches that change what the API says, with the defaults that API notes suggest. README.md lists them. */
export interface Settings {
  /** `page_size` when the caller sends none (UNK). */
  readonly pageSize: number;
  /** Filters on more than the documented attributes, and with every operator. */
  readonly openFilters: boolean;
  /** What `co` on an array asks: is a whole element equal, or does some element contain the text (UNK). */
  readonly arrayContains: 'element' | 'substring';
  /** What `eq` on an array asks: is it the only element, or one of them (UNK). */
  readonly arrayEquals: 'whole' | 'element';
  /** Pages with fewer values than asked for, some of them empty. */
  readonly raggedPages: boolean;
  /** Enums as integers instead of names. */
  readonly integerEnums: boolean;
  /** 64-bit integers as numbers instead of strings. */
  readonly int64AsNumber: boolean;
  /** `current_version.members` in profiles (UNK). */
  readonly membersInVersion: boolean;
  /** `member_details` in profiles (UNK). */
  readonly memberDetails: boolean;
  /** `GET /access_profiles/{id}` and `GET …/versions/{version}`, which nobody documents. */
  readonly unlistedReads: boolean;
  /** Inheritance cycles are accepted instead of rejected (UNK). */
  readonly allowCycles: boolean;
}

export const defaultSettings: Settings = {
  pageSize: 50,
  openFilters: false,
  arrayContains: 'element',
  arrayEquals: 'whole',
  raggedPages: false,
  integerEnums: false,
  int64AsNumber: false,
  membersInVersion: true,
  memberDetails: false,
  unlistedReads: false,
  allowCycles: false,
};
