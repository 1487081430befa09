import { AskError } from '../ask/ask.ts';
import { fromResponse } from '../graph/from-response.ts';
import { displayName } from '../look/box-content.ts';
import { useFrame } from '../page/frame.tsx';
import { TypeChip } from '../page/parts.tsx';
import { useProfileDetails, useTenant } from '../page/questions.ts';
import { Failure } from '../page/state-page.tsx';
import { useResponse } from '../page/use-response.ts';
import { Picker } from '../picker/picker.tsx';
import { compareNamed } from '../text/order.ts';
import { counted, stateName } from '../text/sentences.ts';
import { CardEntitlements } from './profile/card-entitlements.tsx';
import { SurroundingsList } from './surroundings-list.tsx';
import { AroundProfile } from './view-parts.tsx';

/** Beside the editors: no picture, but search, lists and entitlements. */
export function SideForm({ onWiden }: { readonly onWiden: (() => void) | undefined }) {
  const { address, adjust } = useFrame();
  const tenant = useTenant();
  const id = address.view === 'profile' ? address.id : undefined;
  return (
    <div className="explorer-beside explorer-col">
      <header className="explorer-card-head explorer-bar">
        Inheritance
        {onWiden && (
          <button type="button" onClick={onWiden}>
            Full width ↗
          </button>
        )}
      </header>
      <Picker
        label="Find a profile"
        placeholder="Find a profile"
        kinds="profiles"
        shortcut="/"
        onPick={({ profile }) => profile && adjust({ view: 'profile', id: profile.id, to: undefined })}
      />
      {tenant.error !== undefined ? (
        <Failure error={tenant.error} attempt="read your tenant" onRetry={tenant.retry} />
      ) : id === undefined ? (
        <FromQuery />
      ) : (
        <OneProfile id={id} />
      )}
    </div>
  );
}

/** The profiles of the answer in front. */
function FromQuery() {
  const { adjust } = useFrame();
  const { graph: response } = useResponse();
  const { graph, nodes } = fromResponse(response, () => undefined);
  if (graph.profiles.length === 0)
    return (
      <p className="explorer-nothing">Search for a profile, or run a query: the profiles of its answer stand here.</p>
    );
  return (
    <>
      <h2>{counted(graph.profiles.length, 'profile')} in the answer</h2>
      <ul className="explorer-list">
        {[...graph.profiles]
          .sort(compareNamed)
          .slice(0, 300)
          .map((profile) => {
            const own = nodes.get(profile.id)?.id === undefined ? undefined : profile.id;
            return (
              <li key={profile.id}>
                <button
                  type="button"
                  className="explorer-plain explorer-bar"
                  disabled={own === undefined}
                  onClick={() => adjust({ view: 'profile', id: own, to: undefined })}
                >
                  <span dir="auto">{displayName(profile)}</span>
                  {profile.typeName !== undefined && <small>{profile.typeName}</small>}
                </button>
              </li>
            );
          })}
      </ul>
    </>
  );
}

function OneProfile({ id }: { readonly id: string }) {
  const { adjust } = useFrame();
  const details = useProfileDetails(id);
  const list = details.value?.entitlements;
  return (
    <AroundProfile id={id}>
      {({ graph }) => {
        const profile = graph.find(id);
        if (profile === undefined) return null;
        return (
          <>
            <h1 dir="auto">{displayName(profile)}</h1>
            <div className="explorer-card-facts explorer-bar">
              <TypeChip profile={profile} />
              <span>{profile.typeName ?? 'No type'}</span>
              {profile.state !== undefined && <span className="explorer-pill">{stateName(profile.state)}</span>}
            </div>
            <SurroundingsList
              graph={graph}
              id={id}
              levels={2}
              onGo={(other) => adjust({ view: 'profile', id: other })}
            />
            <h2>Entitlements{list === undefined || list instanceof AskError ? '' : ` · ${list.length}`}</h2>
            {details.error !== undefined && <Failure error={details.error} attempt="read it" onRetry={details.retry} />}
            {list !== undefined && (
              <CardEntitlements id={id} list={list} onLight={() => undefined} onRetry={details.retry} />
            )}
            <button type="button" onClick={() => adjust({ view: 'overview', id: undefined })}>
              To the query's answer
            </button>
          </>
        );
      }}
    </AroundProfile>
  );
}
