import { displayName } from '../explorer/look/box-content.ts';
import { SessionProvider } from '../explorer/page/session.tsx';
import { Picker } from '../explorer/picker/picker.tsx';
import { entitlementName, entityRef } from '../explorer/text/entitlement-name.ts';
import type { Chosen } from './use-sample.ts';

/** The explorer's search box, for what the questions are to be about. Undefined: the reader left it. */
export function SubjectPicker({ onPick }: { readonly onPick: (chosen: Chosen | undefined) => void }) {
  return (
    <div className="question-subject">
      <SessionProvider>
        <Picker
          label="Profile or entitlement to ask about"
          placeholder="Name of a profile or an entitlement"
          kinds="both"
          hasFocus
          onPick={({ profile, entitlement }) => {
            if (profile !== undefined) onPick({ name: displayName(profile), profileId: profile.id });
            else if (entitlement !== undefined)
              onPick({ name: entitlementName(entitlement), entity: entityRef(entitlement) });
          }}
          onCancel={() => onPick(undefined)}
        />
      </SessionProvider>
    </div>
  );
}
