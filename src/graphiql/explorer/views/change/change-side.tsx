import { useState } from 'react';
import { AskError } from '../../ask/ask.ts';
import type { AffectedPerson, Effect } from '../../ask/change.ts';
import { type Change, changeKey, toggleChange } from '../../graph/change.ts';
import type { ProfileGraph } from '../../graph/profile-graph.ts';
import { displayName } from '../../look/box-content.ts';
import type { Reading } from '../../page/answers.ts';
import { useFrame } from '../../page/frame.tsx';
import { ProfileRow } from '../../page/parts.tsx';
import { useProfileDetails } from '../../page/questions.ts';
import { Picker } from '../../picker/picker.tsx';
import {
  type Entitlement,
  entitlementKey,
  entitlementName,
  entityRef,
  kindInSystem,
} from '../../text/entitlement-name.ts';
import { compareNamed } from '../../text/order.ts';
import { badgeOf, counted, formatCount, sentence } from '../../text/sentences.ts';
import { MoreRows } from '../view-parts.tsx';

interface ChangeSideProps {
  readonly graph: ProfileGraph;
  readonly id: string;
  readonly changes: readonly Change[];
  /** Undefined until it is known. */
  readonly effect: Effect | undefined;
  readonly isStale: boolean;
  readonly people: Reading<readonly AffectedPerson[]>;
}

/** The parents to tick off or add, the changes so far, and whom they affect. */
export function ChangeSide({ graph, id, changes, effect, isStale, people }: ChangeSideProps) {
  const { go, adjust } = useFrame();
  const [picking, setPicking] = useState<'parent' | 'profile'>();
  const [isOwnOpen, setIsOwnOpen] = useState(false);
  const nameOf = (of: string) => displayName(graph.find(of));
  const toggle = (change: Change) => adjust({ changes: toggleChange(changes, change) });
  const ownParents = graph.parents(id);
  const added = changes.flatMap((change) => (change.kind === 'add' && change.child === id ? change.parent : []));
  const dropped = new Set(
    changes.flatMap((change) => (change.kind === 'drop' && change.child === id ? change.parent : [])),
  );
  // What the ticks below do not show, and the order of several.
  const isListed = changes.length > 1 || changes.some(({ child, kind }) => child !== id || kind === 'grant');
  return (
    <div className="explorer-side" data-pane="list">
      <p className="explorer-under">Try a change of</p>
      <h2 dir="auto">{nameOf(id)}</h2>
      <p className="explorer-under">Nothing is written.</p>
      {isListed && (
        <ul className="explorer-changes" aria-label="Changes so far">
          {changes.map((change) => (
            <li key={changeKey(change)} className="explorer-bar">
              <span dir="auto">{changeText(change, nameOf)}</span>
              <button
                type="button"
                className="explorer-plain"
                aria-label={`Take back: ${changeText(change, nameOf)}`}
                onClick={() => toggle(change)}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
      <fieldset className="explorer-ticks">
        <legend>Inherits from</legend>
        {[...ownParents, ...added].map((parent) => (
          <label
            key={parent}
            className={`explorer-bar ${dropped.has(parent) ? 'is-dropped' : added.includes(parent) ? 'is-added' : ''}`}
          >
            <input
              type="checkbox"
              checked={!dropped.has(parent)}
              onChange={() => toggle({ kind: added.includes(parent) ? 'add' : 'drop', child: id, parent })}
            />
            <span dir="auto">{nameOf(parent)}</span>
          </label>
        ))}
        {ownParents.length + added.length === 0 && <p className="explorer-nothing">No profile.</p>}
      </fieldset>
      <div className="explorer-buttons">
        <button type="button" aria-expanded={picking === 'parent'} onClick={() => setPicking('parent')}>
          Add a parent…
        </button>
        <button type="button" aria-expanded={isOwnOpen} onClick={() => setIsOwnOpen(!isOwnOpen)}>
          Change its own entitlements…
        </button>
        <button type="button" aria-expanded={picking === 'profile'} onClick={() => setPicking('profile')}>
          Change another profile…
        </button>
      </div>
      {picking !== undefined && (
        <Picker
          key={picking}
          label={picking === 'parent' ? 'Parent to add' : 'Profile to change too'}
          placeholder={picking === 'parent' ? 'Add a parent…' : 'Change another profile…'}
          kinds="profiles"
          hasFocus
          except={id}
          onPick={({ profile }) => {
            setPicking(undefined);
            if (profile === undefined) return;
            if (picking === 'profile') go({ view: 'change', id: profile.id });
            else if (profile.id !== id && !ownParents.includes(profile.id))
              toggle({ kind: 'add', child: id, parent: profile.id });
          }}
          onCancel={() => setPicking(undefined)}
        />
      )}
      {isOwnOpen && <OwnEntitlements id={id} changes={changes} onToggle={toggle} />}
      <div className={`explorer-effects ${isStale ? 'is-stale' : ''}`}>
        {effect !== undefined && <Affected effect={effect} id={id} changes={changes} />}
        <People people={people} />
      </div>
    </div>
  );
}

interface OwnEntitlementsProps {
  readonly id: string;
  readonly changes: readonly Change[];
  readonly onToggle: (change: Change) => void;
}

/** Its direct entitlements to tick off, and a box to add one that some profile grants. */
function OwnEntitlements({ id, changes, onToggle }: OwnEntitlementsProps) {
  const details = useProfileDetails(id);
  const list = details.value?.entitlements;
  if (list instanceof AskError) return <p role="alert">{list.message}</p>;
  const own = (list ?? []).filter(({ isDirect }) => isDirect).map(({ entitlement }) => entitlement);
  const revoke = (item: Entitlement): Change => ({ kind: 'revoke', child: id, entity: entityRef(item) });
  const isRevoked = (item: Entitlement) =>
    changes.some((change) => change.kind === 'revoke' && changeKey(change) === changeKey(revoke(item)));
  return (
    <fieldset className="explorer-ticks">
      <legend>Grants itself</legend>
      {own.map((item) => (
        <label key={entitlementKey(item)} className={`explorer-bar ${isRevoked(item) ? 'is-dropped' : ''}`}>
          <input type="checkbox" checked={!isRevoked(item)} onChange={() => onToggle(revoke(item))} />
          <span dir="auto">
            {entitlementName(item)} <small>{kindInSystem(item)}</small>
          </span>
        </label>
      ))}
      {own.length === 0 && list !== undefined && (
        <p className="explorer-nothing">Nothing: all it grants is inherited.</p>
      )}
      <Picker
        label="Entitlement to add"
        placeholder="Add an entitlement…"
        kinds="entitlements"
        onPick={({ entitlement }) =>
          entitlement && onToggle({ kind: 'grant', child: id, entity: entityRef(entitlement) })
        }
      />
    </fieldset>
  );
}

const mostRows = 300;

interface AffectedProps {
  readonly effect: Effect;
  readonly id: string;
  readonly changes: readonly Change[];
}

/** The changed profile first; a row opens what it gains and loses. */
function Affected({ effect, id, changes }: AffectedProps) {
  const [open, setOpen] = useState<string | undefined>(id);
  if (changes.length === 0) return null;
  if (effect.affected.length === 0) return <h3>No profile changes</h3>;
  const others = effect.affected.filter(({ profile }) => profile.id !== id);
  const rows = [
    ...effect.affected.filter(({ profile }) => profile.id === id),
    ...others.toSorted((one, other) => compareNamed(one.profile, other.profile)),
  ];
  return (
    <section>
      <h3>{counted(rows.length, 'profile changes', 'profiles change')}</h3>
      {rows.slice(0, mostRows).map(({ profile, gained, lost }) => (
        <div key={profile.id}>
          <ProfileRow
            profile={profile}
            isGrey
            isOpen={open === profile.id}
            onClick={() => setOpen(open === profile.id ? undefined : profile.id)}
            under={changes.some(({ child }) => child === profile.id) ? 'changed' : undefined}
            note={<Effects gained={gained.length} lost={lost.length} />}
          />
          {open === profile.id && <EntitlementChanges gained={gained} lost={lost} />}
        </div>
      ))}
      <MoreRows count={rows.length} most={mostRows} />
    </section>
  );
}

function Effects({ gained, lost }: { readonly gained: number; readonly lost: number }) {
  return <span className={lost > 0 ? 'is-lost' : 'is-gained'}>{badgeOf(gained, lost)}</span>;
}

function EntitlementChanges({
  gained,
  lost,
}: {
  readonly gained: readonly Entitlement[];
  readonly lost: readonly Entitlement[];
}) {
  return (
    <ul className="explorer-effect-list">
      {[
        ...lost.map((item) => ({ item, sign: '−', word: 'loses' })),
        ...gained.map((item) => ({ item, sign: '+', word: 'gains' })),
      ].map(({ item, sign, word }) => (
        <li key={sign + entitlementKey(item)}>
          <b className={sign === '+' ? 'is-gained' : 'is-lost'} role="img" aria-label={word}>
            {sign}
          </b>
          <span dir="auto">
            {entitlementName(item)} <small>{kindInSystem(item)}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** People who gain or lose something. */
function People({ people }: { readonly people: Reading<readonly AffectedPerson[]> }) {
  if (people.status === 'reading') return <p className="explorer-nothing">reading the people concerned…</p>;
  if (people.error !== undefined)
    return <p role="alert">The people concerned could not be read: {people.error.message}</p>;
  if (people.value === undefined || people.value.length === 0) return null;
  return (
    <details>
      <summary className="explorer-label">{counted(people.value.length, 'person', 'people')}</summary>
      <ul>
        {people.value.slice(0, mostRows).map(({ identityId, name, gained, lost }) => (
          <li key={identityId} className="explorer-fact explorer-col">
            <strong dir="auto">{name}</strong>
            <Effects gained={gained.length} lost={lost.length} />
          </li>
        ))}
        {people.value.length > mostRows && <li>and {formatCount(people.value.length - mostRows)} more</li>}
      </ul>
    </details>
  );
}

/** A change in words: `All Employees without Workforce Identity`. */
export function changeText(change: Change, nameOf: (id: string) => string): string {
  const subject = 'parent' in change ? nameOf(change.parent) : entityText(change);
  return sentence([nameOf(change.child), subject], ([child, what]) => {
    switch (change.kind) {
      case 'drop':
        return `${child} without ${what}`;
      case 'add':
        return `${child} with ${what}`;
      case 'revoke':
        return `${child} no longer grants ${what}`;
      case 'grant':
        return `${child} grants ${what} too`;
    }
  });
}

function entityText({ entity }: Extract<Change, { entity: unknown }>): string {
  return entitlementName({ ...entity, entityName: undefined, datasourceName: undefined });
}
