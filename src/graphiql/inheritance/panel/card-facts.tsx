import type { ReactNode } from 'react';
import { isRecord, type JsonObject, records, strings, text } from '../../json.ts';
import type { ProfileNode } from '../graph/graph.ts';
import { stateName } from './legend.tsx';

interface CardFactsProps {
  readonly node: ProfileNode;
  /** The profile as the gateway describes it; undefined until it has answered. */
  readonly details: JsonObject | undefined;
  readonly isOnCycle: boolean;
}

const mostGrants = 12;

export function CardFacts({ node, details, isOnCycle }: CardFactsProps) {
  const type = details?.['type'];
  const state = text(details?.['state']) ?? node.state;
  const labels = details === undefined ? (node.labels ?? []) : strings(details['labels']);
  const direct = records(details?.['entitlements']);
  const effective = records(details?.['effectiveEntitlements']);
  const inherited = effective.filter((grant) => grant['direct'] !== true);
  return (
    <>
      {node.isMissing && <p>Some profile inherits from this one, but the API does not return it.</p>}
      {isOnCycle && <p className="is-cycle">It is part of an inheritance cycle.</p>}
      <dl>
        <Fact name="Type">{(isRecord(type) ? text(type['name']) : undefined) ?? node.type}</Fact>
        <Fact name="State">{state && stateName(state)}</Fact>
        <Fact name="Labels">{labels.join(', ')}</Fact>
        <Fact name="Integrations">{strings(details?.['integrations']).join(', ')}</Fact>
        <Fact name="Description">{text(details?.['description'])}</Fact>
        <Fact name="By the change">{changeText(node)}</Fact>
        <Fact name="Grants">{grantsText(node, details)}</Fact>
      </dl>
      {direct.length + inherited.length > 0 && (
        <details className="card-grants">
          <summary>The grants</summary>
          <ul>
            {direct.slice(0, mostGrants).map((grant) => (
              <li key={grantText(grant)}>{grantText(grant)}</li>
            ))}
            {inherited.slice(0, mostGrants).map((grant) => (
              <li key={`inherited ${grantText(grant['entitlement'])}`}>
                {grantText(grant['entitlement'])} <em>from {namesOf(grant['grantedBy'])}</em>
              </li>
            ))}
          </ul>
          {Math.max(direct.length, inherited.length) > mostGrants && <p>… and more: open the query for all of them.</p>}
        </details>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === undefined || children === '') return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function grantsText(node: ProfileNode, details: JsonObject | undefined): string | undefined {
  if (details?.['entitlements'] === null || details?.['effectiveEntitlements'] === null) return 'could not be read';
  const count = (field: string) => {
    const list = details?.[field];
    return Array.isArray(list) ? list.length : undefined;
  };
  const direct = count('entitlements') ?? node.directGrants;
  const effective = count('effectiveEntitlements') ?? node.effectiveGrants;
  const parts = [
    direct === undefined ? undefined : `${direct} direct`,
    effective === undefined ? undefined : `${effective} effective`,
  ].filter((part) => part !== undefined);
  if (parts.length > 0) return parts.join(', ');
  return details === undefined && !node.isMissing ? '…' : undefined;
}

function changeText({ gained, lost }: ProfileNode): string | undefined {
  if (gained === undefined && lost === undefined) return undefined;
  return `gains ${gained ?? 0}, loses ${lost ?? 0} grants`;
}

function grantText(grant: unknown): string {
  if (!isRecord(grant)) return '';
  return [grant['entityType'], grant['entityId']].map((part) => text(part) ?? '?').join(' ');
}

function namesOf(profiles: unknown): string {
  return records(profiles)
    .map((profile) => text(profile['name']) ?? text(profile['id']) ?? '?')
    .join(', ');
}
