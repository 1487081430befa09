import { useOpenQuery } from '../../../use-open-query.ts';
import { AskError } from '../../ask/ask.ts';
import { profileQuery } from '../../ask/editor-queries.ts';
import type { Finding } from '../../ask/findings.ts';
import type { ProfileDetails } from '../../ask/profile.ts';
import type { ProfileGraph } from '../../graph/profile-graph.ts';
import { displayName } from '../../look/box-content.ts';
import type { CardTab } from '../../page/address.ts';
import type { Reading } from '../../page/answers.ts';
import { Menu, useFrame } from '../../page/frame.tsx';
import { TypeChip } from '../../page/parts.tsx';
import { useFindingIndex, useFindings } from '../../page/questions.ts';
import { Failure, Waiting } from '../../page/state-page.tsx';
import { Picker } from '../../picker/picker.tsx';
import { formatCount, stateName } from '../../text/sentences.ts';
import { findingTitle, orderedFindings } from '../finding-text.ts';
import { CardEntitlements } from './card-entitlements.tsx';
import { CardMembers } from './card-members.tsx';

interface CardProps {
  readonly graph: ProfileGraph;
  readonly id: string;
  readonly details: Reading<ProfileDetails | undefined>;
  readonly onLight: (ids: ReadonlySet<string> | undefined) => void;
  readonly picking: 'path' | 'compare' | undefined;
  readonly onPicking: (kind: 'path' | 'compare' | undefined) => void;
  /** It is the profile that the view is about, not another one that was clicked. */
  readonly isFocus: boolean;
}

/** Everything about one profile, and what can be asked next. */
export function Card({ graph, id, details, onLight, picking, onPicking, isFocus }: CardProps) {
  const { address, go, adjust, openProfile, close } = useFrame();
  const openQuery = useOpenQuery();
  const tab = address.tab ?? 'entitlements';
  const areFindingsKnown = useFindings(false).shown !== undefined;
  const findings = useFindingIndex().byProfile.get(id) ?? [];
  const profile = details.value?.profile ?? graph.find(id);
  if (profile === undefined) return null;
  const { value } = details;
  const count = (list: readonly unknown[] | AskError | undefined) =>
    list === undefined ? undefined : list instanceof AskError ? '!' : formatCount(list.length);
  const tabs: readonly { readonly tab: CardTab; readonly text: string; readonly count: string | undefined }[] = [
    { tab: 'entitlements', text: 'Entitlements', count: count(value?.entitlements) },
    { tab: 'members', text: 'Members', count: count(value?.members) },
    { tab: 'findings', text: 'Findings', count: areFindingsKnown ? formatCount(findings.length) : undefined },
  ];
  return (
    <aside className="explorer-card explorer-col" aria-label={`Profile ${displayName(profile)}`} data-pane="card">
      <div className="explorer-card-head explorer-bar">
        <h2 dir="auto">{displayName(profile)}</h2>
        {!profile.isMissing && (
          <Menu
            label="More"
            items={[
              { text: 'Copy id', onPick: () => void navigator.clipboard.writeText(id) },
              {
                text: 'Open as a query',
                onPick: () => {
                  close();
                  openQuery({ query: profileQuery, variables: { id }, run: true });
                },
              },
            ]}
          >
            ⋯
          </Menu>
        )}
      </div>
      {profile.isMissing ? (
        <p>A profile inherits from this one. It is deleted, or your key may not see it.</p>
      ) : (
        <>
          <div className="explorer-card-facts explorer-bar">
            <TypeChip profile={profile} />
            <span>{profile.typeName ?? 'No type'}</span>
            {profile.state !== undefined && <span className="explorer-pill">{stateName(profile.state)}</span>}
            {profile.labels.map((label) => (
              <span key={label} className="explorer-pill" dir="auto">
                {label}
              </span>
            ))}
          </div>
          {value?.description !== undefined && <p dir="auto">{value.description}</p>}
          <div className="explorer-buttons">
            {!isFocus && (
              <button type="button" onClick={() => openProfile(id)}>
                Go there
              </button>
            )}
            <button type="button" aria-expanded={picking === 'path'} onClick={() => onPicking('path')}>
              Path to…
            </button>
            <button type="button" aria-expanded={picking === 'compare'} onClick={() => onPicking('compare')}>
              Compare with…
            </button>
            <button type="button" onClick={() => go({ view: 'change', id, changes: [] })}>
              Try a change
            </button>
          </div>
          {picking !== undefined && (
            <Picker
              key={picking}
              label={picking === 'path' ? 'Path to which profile' : 'Compare with which profile'}
              placeholder={picking === 'path' ? 'Path to…' : 'Compare with…'}
              kinds="profiles"
              hasFocus
              except={id}
              onPick={({ profile: other }) => {
                onPicking(undefined);
                if (other === undefined) return;
                go(
                  picking === 'path'
                    ? { view: 'profile', id, to: other.id, rest: false }
                    : { view: 'compare', id, to: other.id },
                );
              }}
              onCancel={() => onPicking(undefined)}
            />
          )}
          <div className="explorer-card-tabs" role="tablist" aria-label="About this profile">
            {tabs.map((each) => (
              <button
                key={each.tab}
                type="button"
                role="tab"
                className="explorer-plain"
                aria-selected={tab === each.tab}
                aria-controls="explorer-card-content"
                onClick={() => adjust({ tab: each.tab })}
              >
                {each.text}
                {each.count !== undefined && (
                  <span
                    className={
                      each.tab === 'findings' && findings.length > 0 ? 'explorer-count is-warning' : 'explorer-count'
                    }
                  >
                    {each.count}
                  </span>
                )}
              </button>
            ))}
          </div>
          <div
            id="explorer-card-content"
            role="tabpanel"
            aria-label={tabs.find((each) => each.tab === tab)?.text}
            className="explorer-card-content explorer-col"
          >
            {tab === 'findings' && <CardFindings id={id} findings={findings} />}
            {tab !== 'findings' && details.error !== undefined && (
              <Failure error={details.error} attempt="read this profile" onRetry={details.retry} />
            )}
            {tab !== 'findings' && value === undefined && details.error === undefined && (
              <Waiting what="this profile" />
            )}
            {tab === 'entitlements' && value !== undefined && (
              <CardEntitlements id={id} list={value.entitlements} onLight={onLight} onRetry={details.retry} />
            )}
            {tab === 'members' && value !== undefined && (
              <CardMembers graph={graph} id={id} list={value.members} onRetry={details.retry} />
            )}
          </div>
        </>
      )}
    </aside>
  );
}

/** What is wrong or wasteful about this profile. */
function CardFindings({ id, findings }: { readonly id: string; readonly findings: readonly Finding[] }) {
  const { go } = useFrame();
  const all = useFindings(false).shown;
  if (all === undefined)
    return <p className="explorer-nothing">Findings of a large tenant are read only when you ask: open “Findings”.</p>;
  if (findings.length === 0) return <p className="explorer-nothing">Nothing is wrong with it.</p>;
  const ordered = orderedFindings(all);
  return (
    <ul>
      {findings.map((finding) => (
        <li key={finding.kind + finding.message}>
          <button
            type="button"
            className="explorer-fact explorer-col explorer-plain"
            onClick={() => go({ view: 'findings', id, finding: ordered.indexOf(finding) })}
          >
            <strong dir="auto">{findingTitle(finding)}</strong>
          </button>
        </li>
      ))}
    </ul>
  );
}
