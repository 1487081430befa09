import { isRecord, strings } from '../json.ts';
import type { Findings } from './findings.ts';
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

/** Reads one response into findings: every mention of a profile, and what is said of how they are related. */
export function collectFindings(data: unknown, shape: Shape, findings: Findings, name: string): void {
  if (isRecord(data)) new Collector(findings).visit(new ResponseObject(data, shape, name), 'root');
}

class Collector {
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  visit(object: ResponseObject, kind: ObjectKind): void {
    if (kind === 'profile') this.#profile(object);
    else if (kind === 'graph') this.#graph(object);
    else if (kind === 'finding') this.#finding(object);
    else if (kind === 'version') this.#version(object, undefined);
    else this.#plain(object, kind);
  }

  #plain(object: ResponseObject, kind: PlainKind): void {
    const fieldKinds = new Map<string, ObjectKind | 'affected'>(Object.entries(objectKinds[kind]));
    for (const fieldName of object.fieldNames) {
      const fieldKind = fieldKinds.get(fieldName);
      const children = object.objects(fieldName);
      if (fieldKind === 'affected') this.#affected(children);
      else for (const child of children) this.visit(child, fieldKind ?? guessKind(child));
    }
  }

  #profile(object: ResponseObject): number {
    const labels = object.value('labels');
    const self = this.#findings.mention({
      path: object.path,
      id: object.text('id'),
      profileId: object.text('profileId'),
      name: object.text('name'),
      type: object.objects('type')[0]?.text('name'),
      state: object.text('state'),
      labels: labels === undefined ? undefined : strings(labels),
    });
    for (const parent of object.objects('inheritsFrom')) this.#findings.inherits(self, this.#profile(parent));
    for (const child of object.objects('inheritedBy')) this.#findings.inherits(this.#profile(child), self);
    for (const [profile, depth] of this.#inherited(object, 'ancestors'))
      this.#findings.inheritsAcross(self, profile, depth);
    for (const [profile, depth] of this.#inherited(object, 'descendants'))
      this.#findings.inheritsAcross(profile, self, depth);
    for (const path of object.lists('inheritancePath')) this.#chain(self, path);
    for (const grant of object.objects('effectiveEntitlements')) {
      for (const path of grant.lists('paths')) this.#chain(self, path);
      for (const holder of grant.objects('grantedBy'))
        this.#findings.inheritsAcross(self, this.#profile(holder), undefined);
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
    const profiles = path.map((profile) => this.#profile(profile));
    for (const [index, profile] of profiles.entries()) {
      const below = profiles[index - 1];
      if (below === undefined) this.#findings.same(self, profile);
      else this.#findings.inherits(below, profile);
    }
  }

  #version(version: ResponseObject, owner: number | undefined): void {
    let self = owner;
    for (const profile of version.objects('accessProfile')) {
      const mentioned = this.#profile(profile);
      if (self === undefined) self = mentioned;
      else this.#findings.same(self, mentioned);
    }
    for (const parent of version.objects('inheritsFrom')) {
      self ??= this.#findings.mention({ path: version.path });
      this.#findings.inherits(self, this.#profile(parent));
    }
  }

  #graph(graph: ResponseObject): void {
    for (const profile of graph.objects('nodes')) this.#profile(profile);
    for (const edge of graph.objects('edges')) {
      for (const child of edge.objects('child')) {
        for (const parent of edge.objects('parent'))
          this.#findings.inherits(this.#profile(child), this.#profile(parent));
      }
    }
    for (const cycle of graph.lists('cycles')) this.#findings.cycle(cycle.map((profile) => this.#profile(profile)));
    for (const profileId of strings(graph.value('missingProfileIds'))) {
      this.#findings.mention({ path: `${graph.path}/missing/${profileId}`, profileId, isMissing: true });
    }
    if (graph.value('truncated') === true) {
      this.#findings.notice('The gateway cut this graph short: there is more than is drawn (maxDepth, or a limit).');
    }
  }

  #finding(finding: ResponseObject): void {
    const profiles = finding.objects('profiles').map((profile) => this.#profile(profile));
    if (finding.text('kind') === 'CYCLE') this.#findings.cycle(profiles);
  }

  /** The changed profile first; the others are affected because they inherit from it. */
  #affected(affected: readonly ResponseObject[]): void {
    let changed: number | undefined;
    for (const object of affected) {
      for (const profile of object.objects('profile')) {
        const self = this.#profile(profile);
        this.#findings.affect(self, object.count('gained'), object.count('lost'));
        if (changed === undefined) changed = self;
        else this.#findings.inheritsAcross(self, changed, undefined);
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
