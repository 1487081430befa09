import type { ChangeLabelsInput, SetLabelsInput } from '../model/change-input.ts';
import type { Profile } from '../model/profile.ts';
import { isSameSet } from '../model/same-set.ts';
import { refuseIf } from './failure.ts';
import { type ChangeSession, readFresh, sendProfileChanges } from './session.ts';
import { kindOfChange } from './update-masks.ts';
import { type FieldNames, namesOfMerged } from './upstream-failure.ts';
import { apiId, checkLabels } from './validate.ts';
import { readBefore, readModifyWrite, untilBegun, type Write, writeAndRead } from './write.ts';

/** Replaces the labels of a profile, whatever they were. Returns the profile as it is then. */
export async function setLabels(session: ChangeSession, input: SetLabelsInput): Promise<Profile> {
  const profileId = apiId('AccessProfile', input.id, 'input.id');
  refuseIf(checkLabels(input.labels, 'input.labels'));
  const labels = [...new Set(input.labels)];
  const attempt = async () => {
    const kind = kindOfChange('profile', { labels });
    const before = await readBefore(session, profileId, { ifUpdatedAt: input.ifUpdatedAt, kind });
    return writeLabels(session, { profileId, before, labels }, input.labels);
  };
  return session.queue.run([profileId], () => untilBegun(attempt));
}

/** Adds labels to a profile, or takes some away, and leaves the others as they are. Writes nothing where none changes. */
export async function changeLabels(
  session: ChangeSession,
  input: ChangeLabelsInput,
  change: (labels: readonly string[], named: readonly string[]) => readonly string[],
): Promise<Profile> {
  const profileId = apiId('AccessProfile', input.id, 'input.id');
  refuseIf(checkLabels(input.labels, 'input.labels'));
  const attempt = async () => {
    const { state, written } = await readModifyWrite({
      profileId,
      read: () => readFresh(session, profileId),
      plan: ({ labels }) => {
        const changed = change(labels, input.labels);
        return isSameSet(changed, labels) ? null : changed;
      },
      isSame: (before, now) => isSameSet(before.labels, now.labels),
      write: (labels, before) => writeLabels(session, { profileId, before, labels }, input.labels),
    });
    return written ?? state;
  };
  return session.queue.run([profileId], () => untilBegun(attempt));
}

export function withLabels(labels: readonly string[], added: readonly string[]): readonly string[] {
  return [...new Set([...labels, ...added])];
}

export function withoutLabels(labels: readonly string[], removed: readonly string[]): readonly string[] {
  return labels.filter((label) => !removed.includes(label));
}

function namesOfLabels(sent: readonly string[], named: readonly string[]): FieldNames {
  const sources = sent.map((label) => (named.includes(label) ? `labels.${named.indexOf(label)}` : null));
  return namesOfMerged('labels', sources, 'labels');
}

function writeLabels(
  session: ChangeSession,
  { profileId, before, labels }: Pick<Write, 'profileId' | 'before'> & { readonly labels: readonly string[] },
  named: readonly string[],
): Promise<Profile> {
  const names = namesOfLabels(labels, named);
  return writeAndRead(session, {
    profileId,
    before,
    kind: kindOfChange('profile', { labels }),
    send: (mask) => sendProfileChanges(session, profileId, { labels }, mask, names),
    isShown: (profile) => isSameSet(profile.labels, labels),
    isUntouched: (known, now) => isSameSet(known.labels, now.labels),
  });
}
