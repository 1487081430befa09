import { useFrame, ViewHead } from '../../page/frame.tsx';
import { ProfileRow } from '../../page/parts.tsx';
import { useSession } from '../../page/session.tsx';
import { useRecentProfiles } from '../../picker/recent.ts';
import { counted, formatCount } from '../../text/sentences.ts';
import { FirstVisit } from './first-visit.tsx';

const pageSize = 100;
/** What reading a page costs, measured on a tenant of 10,000. */
const millisecondsPerPage = 40;

/** A tenant that isn't read unasked: search, what was looked at last, and the whole on demand. */
export function LargeTenant({ count }: { readonly count: number | undefined }) {
  const { openProfile } = useFrame();
  const { readWhole } = useSession();
  const recent = useRecentProfiles(true);
  const pages = count === undefined ? undefined : Math.ceil(count / pageSize);
  const seconds = pages === undefined ? undefined : Math.max(1, Math.round((pages * millisecondsPerPage) / 1_000));
  const cost = pages === undefined ? '' : ` (about ${counted(pages, 'call')}, some ${seconds} s)`;
  return (
    <div className="explorer-main explorer-col" data-pane="stage">
      <FirstVisit />
      <ViewHead
        title={count === undefined ? 'A large tenant' : counted(count, 'profile')}
        under="Search for a profile or an entitlement, or read everything for the map and the table."
      />
      <div className="explorer-page-state explorer-col is-start">
        <button type="button" className="is-primary" onClick={readWhole}>
          Read all{count === undefined ? ' profiles' : ` ${formatCount(count)}`}
          {cost}
        </button>
        {recent.length > 0 && (
          <section>
            <h2>Looked at last</h2>
            {recent.map((profile) => (
              <ProfileRow
                key={profile.id}
                profile={profile}
                under={profile.typeName}
                onClick={() => openProfile(profile.id)}
              />
            ))}
          </section>
        )}
      </div>
    </div>
  );
}
