import type { Finding } from '../ask/findings.ts';
import { displayName } from '../look/box-content.ts';
import { entitlementName } from '../text/entitlement-name.ts';
import { compareTexts } from '../text/order.ts';
import { listed, sentence, sentenceCase, stateName } from '../text/sentences.ts';

/** Kinds as headings, problems before tidying. Kinds that this page doesn't know come in between, by their own name. */
const kinds: readonly (readonly [kind: string, title: string])[] = [
  ['CYCLE', 'Cycles'],
  ['SEPARATION_VIOLATION', 'Access that must be kept apart'],
  ['MISSING_PARENT', 'Parents that are not there'],
  ['TYPE_RULE_VIOLATION', 'Broken rules of a type'],
  ['DANGLING_REFERENCE', 'References to what is not there'],
  ['INACTIVE_PARENT', 'Parents that are not running'],
  ['DISABLED_DATASOURCE', 'Entitlements in disabled data sources'],
  ['REDUNDANT_PARENT', 'Parents that are not needed'],
  ['DUPLICATE_ENTITLEMENT', 'Entitlements held twice'],
  ['SAME_EFFECTIVE_ENTITLEMENTS', 'Profiles that grant the same'],
  ['GRANTS_NOTHING', 'Profiles that grant nothing'],
  ['UNUSED_PROFILE', 'Profiles that nobody uses'],
];
const places = new Map(kinds.map(([kind], place) => [kind, place]));
const titles = new Map(kinds);
const unknownPlace = kinds.findIndex(([kind]) => kind === 'REDUNDANT_PARENT') - 0.5;

export function kindTitle(kind: string): string {
  return titles.get(kind) ?? sentenceCase(kind);
}

/** A finding in names: never an id. */
export function findingTitle(finding: Finding): string {
  const names = finding.profiles.map(displayName);
  const [entitlement] = finding.entitlements;
  const all = [...names, entitlement === undefined ? 'an entitlement' : entitlementName(entitlement)];
  return sentence(all, (shown) => {
    const [first = 'A profile', second = 'another profile'] = shown.slice(0, names.length);
    const what = shown.at(-1);
    switch (finding.kind) {
      case 'CYCLE':
        return `${listed(shown.slice(0, -1), 4)} inherit from one another`;
      case 'SEPARATION_VIOLATION':
        return `${first} grants what must be kept apart`;
      case 'TYPE_RULE_VIOLATION':
        return `${first} breaks a rule of its type`;
      case 'MISSING_PARENT':
        return `${first} inherits from a profile that is not there`;
      case 'REDUNDANT_PARENT':
        return `${first}, no need of ${second}`;
      case 'DUPLICATE_ENTITLEMENT':
        return `${first} holds ${what} that it inherits from ${second} too`;
      case 'SAME_EFFECTIVE_ENTITLEMENTS':
        return `${listed(shown.slice(0, -1), 3)} grant the same`;
      case 'INACTIVE_PARENT':
        return `${first} inherits from ${second}, which is not running`;
      case 'GRANTS_NOTHING':
        return `${first} grants nothing`;
      case 'UNUSED_PROFILE':
        return `${first} is used by nobody`;
      case 'DISABLED_DATASOURCE':
        return `${first} grants ${what} in a disabled data source`;
      default:
        return withoutIds(finding.message) || listed(shown.slice(0, -1), 3);
    }
  });
}

/** What there is to know beside the title; undefined if that is all. */
export function findingDetail(finding: Finding): string | undefined {
  const { kind, message, profiles } = finding;
  const parent = profiles[1];
  if (kind === 'INACTIVE_PARENT' && parent?.state !== undefined)
    return `${displayName(parent)}: ${stateName(parent.state).toLowerCase()}.`;
  // The gateway names the rule as the API spells it.
  const words = kind === 'TYPE_RULE_VIOLATION' ? message.replace(/^.* breaks \w+: /s, '') : withoutIds(message);
  return words === findingTitle(finding) ? undefined : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The gateway's sentence, without ids that nobody reads. */
export function withoutIds(message: string): string {
  return message
    .replace(/\s*(?:\(|"|“)?\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b(?:\)|"|”)?/gi, ' …')
    .replaceAll(' … …', ' …')
    .trim();
}

/** Problems first; within a kind by the words that are read. */
export function orderedFindings(findings: readonly Finding[]): readonly Finding[] {
  const place = ({ kind }: Finding) => places.get(kind) ?? unknownPlace;
  return findings
    .map((finding) => ({ finding, title: findingTitle(finding) }))
    .sort(
      (one, other) =>
        place(one.finding) - place(other.finding) ||
        compareTexts(one.finding.kind, other.finding.kind) ||
        compareTexts(one.title, other.title),
    )
    .map(({ finding }) => finding);
}
