/** What a response tells of one profile. Only what was selected is there. */
export interface ProfileNode {
  /** Tells nodes apart: the API's own id where the response has it, else the name, else the place in the response. */
  readonly key: string;
  /** What the gateway takes as an id; undefined for a profile known by name only. */
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly state: string | undefined;
  readonly labels: readonly string[] | undefined;
  /** Grants it would gain and lose by a change that was tried out. */
  readonly gained: number | undefined;
  readonly lost: number | undefined;
  /** Inherited from by some profile, but not returned by the API. */
  readonly isMissing: boolean;
}

export interface InheritanceGraph {
  readonly nodes: readonly ProfileNode[];
  readonly edges: readonly { readonly child: string; readonly parent: string }[];
  /** What a reader of the drawing must know about it. */
  readonly notices: readonly string[];
}

export const emptyGraph: InheritanceGraph = { nodes: [], edges: [], notices: [] };

/** The API's own id of a profile; the gateway's global id is that with a type in front. */
export function bareId(id: string): string {
  return id.replace(/^AccessProfile:/, '');
}
