import { isRecord, strings } from '../json.ts';
import { ResponseObject } from './response-object.ts';
import type { Shape } from './shape.ts';

/** Objects that lead to profiles: under which field of them stands what. Anything else is looked through for what resembles a profile. */
const objectKinds = {
  root: {
    accessProfile: 'profile',
    accessProfiles: 'connection',
    accessProfilesGranting: 'profile',
    entity: 'entity',
    inheritanceGraph: 'graph',
    inheritanceFindings: 'finding',
  },
  other: {
    accessProfile: 'profile',
    accessProfiles: 'connection',
    affectedProfiles: 'affected',
    version: 'version',
    currentVersion: 'version',
  },
  entity: { accessProfiles: 'profile' },
  connection: { nodes: 'profile', edges: 'connectionEdge' },
  connectionEdge: { node: 'profile' },
} as const;

type PlainKind = keyof typeof objectKinds;
type ObjectKind = PlainKind | 'profile' | 'graph' | 'finding' | 'version';

/** One place in a response that speaks of a profile. */
export interface Mention {
  readonly path: string;
  readonly id?: string | undefined;
  readonly profileId?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly state?: string | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly gained?: number | undefined;
  readonly lost?: number | undefined;
  readonly isMissing?: boolean;
}

/** One mentioned profile inherits from another: as its parent, or by some way through others. */
interface Relation {
  readonly child: number;
  readonly parent: number;
  readonly isDirect: boolean;
}

type SaidOfIt = Pick<Mention, 'gained' | 'lost'> & { readonly same?: number };

/** What a response says, before it is settled which mentions are of the same profile. Mentions go by their number. */
export class Statements {
  readonly mentions: Mention[] = [];
  /** For each mention the first one that is of the same profile by its place in the response. */
  readonly firsts: number[] = [];
  readonly relations: Relation[] = [];
  /** Profiles each of which inherits from the next, and the last from the first. */
  readonly cycles: (readonly number[])[] = [];
  readonly notices = new Set<string>();

  /** Reads a response: every mention of a profile, and what is said of how they are related. */
  constructor(data: unknown, shape: Shape) {
    if (isRecord(data)) this.#visit(new ResponseObject(data, shape, ''), 'root');
  }

  #mention(mention: Mention, same?: number): number {
    const number = this.mentions.push(mention) - 1;
    this.firsts.push(same === undefined ? number : (this.firsts[same] ?? same));
    return number;
  }

  /** With the number of steps between them; undefined where the response doesn't say. */
  #relate(child: number, parent: number, steps?: number): void {
    this.relations.push({ child, parent, isDirect: steps === 1 });
  }

  #visit(object: ResponseObject, kind: ObjectKind): void {
    if (kind === 'profile') this.#profile(object);
    else if (kind === 'graph') this.#graph(object);
    else if (kind === 'finding') this.#finding(object);
    else if (kind === 'version') this.#version(object);
    else this.#plain(object, kind);
  }

  #plain(object: ResponseObject, kind: PlainKind): void {
    const fieldKinds = new Map<string, ObjectKind | 'affected'>(Object.entries(objectKinds[kind]));
    for (const fieldName of object.fieldNames) {
      const fieldKind = fieldKinds.get(fieldName);
      const children = object.objects(fieldName);
      if (fieldKind === 'affected') this.#affected(children);
      else for (const child of children) this.#visit(child, fieldKind ?? guessKind(child));
    }
  }

  #profile(object: ResponseObject, { same, ...said }: SaidOfIt = {}): number {
    const labels = object.value('labels');
    const self = this.#mention(
      {
        ...said,
        path: object.path,
        id: object.text('id'),
        profileId: object.text('profileId'),
        name: object.text('name'),
        type: object.objects('type')[0]?.text('name'),
        state: object.text('state'),
        labels: labels === undefined ? undefined : strings(labels),
      },
      same,
    );
    for (const parent of object.objects('inheritsFrom')) this.#relate(self, this.#profile(parent), 1);
    for (const child of object.objects('inheritedBy')) this.#relate(this.#profile(child), self, 1);
    for (const [profile, depth] of this.#inherited(object, 'ancestors')) this.#relate(self, profile, depth);
    for (const [profile, depth] of this.#inherited(object, 'descendants')) this.#relate(profile, self, depth);
    for (const path of object.lists('inheritancePath')) this.#chain(self, path);
    for (const grant of object.objects('effectiveEntitlements')) {
      for (const path of grant.lists('paths')) this.#chain(self, path);
      for (const holder of grant.objects('grantedBy')) this.#relate(self, this.#profile(holder));
    }
    for (const version of object.objects('currentVersion')) this.#version(version, self);
    for (const type of object.objects('type')) this.#plain(type, 'other');
    return self;
  }

  /** Profiles with their distance. One step is a parent or child; more, or none given, is some way through others. */
  #inherited(object: ResponseObject, fieldName: string): [profile: number, depth: number | undefined][] {
    return object.objects(fieldName).flatMap((inherited) => {
      const depth = inherited.value('depth');
      const steps = typeof depth === 'number' ? depth : undefined;
      return inherited
        .objects('profile')
        .map((profile): [number, number | undefined] => [this.#profile(profile), steps]);
    });
  }

  /** A path from a profile upwards, the profile itself first. */
  #chain(self: number, path: readonly ResponseObject[]): void {
    let below: number | undefined;
    for (const object of path) {
      const profile = this.#profile(object, below === undefined ? { same: self } : {});
      if (below !== undefined) this.#relate(below, profile, 1);
      below = profile;
    }
  }

  #version(version: ResponseObject, owner?: number): void {
    let self = owner;
    for (const profile of version.objects('accessProfile'))
      self = this.#profile(profile, self === undefined ? {} : { same: self });
    for (const parent of version.objects('inheritsFrom')) {
      self ??= this.#mention({ path: version.path });
      this.#relate(self, this.#profile(parent), 1);
    }
  }

  #graph(graph: ResponseObject): void {
    for (const profile of graph.objects('nodes')) this.#profile(profile);
    for (const edge of graph.objects('edges')) {
      for (const child of edge.objects('child')) {
        for (const parent of edge.objects('parent')) this.#relate(this.#profile(child), this.#profile(parent), 1);
      }
    }
    for (const cycle of graph.lists('cycles')) this.cycles.push(cycle.map((profile) => this.#profile(profile)));
    for (const profileId of strings(graph.value('missingProfileIds'))) {
      this.#mention({ path: `${graph.path}/missing/${profileId}`, profileId, isMissing: true });
    }
    if (graph.value('truncated') === true) {
      this.notices.add('The gateway cut this graph short: there is more than is drawn (maxDepth, or a limit).');
    }
  }

  #finding(finding: ResponseObject): void {
    const profiles = finding.objects('profiles').map((profile) => this.#profile(profile));
    if (finding.text('kind') === 'CYCLE') this.cycles.push(profiles);
  }

  /** The changed profile first; the others are affected because they inherit from it. */
  #affected(affected: readonly ResponseObject[]): void {
    let changed: number | undefined;
    for (const object of affected) {
      for (const profile of object.objects('profile')) {
        const self = this.#profile(profile, { gained: object.count('gained'), lost: object.count('lost') });
        if (changed === undefined) changed = self;
        else this.#relate(self, changed);
      }
    }
  }
}

/** For `node`, and for fields newer than this page: a profile shows by its type name, its id, or its relations. */
function guessKind(object: ResponseObject): ObjectKind {
  const typeName = object.text('__typename');
  if (typeName === 'AccessProfile') return 'profile';
  if (typeName === 'AccessProfileVersion') return 'version';
  if (typeName !== undefined) return 'other';
  if (object.text('id')?.startsWith('AccessProfile:')) return 'profile';
  if (object.text('id')?.startsWith('AccessProfileVersion:')) return 'version';
  const isRelated = ['inheritedBy', 'ancestors', 'descendants', 'effectiveEntitlements'].some(
    (field) => object.value(field) !== undefined,
  );
  return isRelated ? 'profile' : 'other';
}
