import type { ChangeLabelsInput, SetLabelsInput } from '../model/change-input.ts';
import { idOf } from '../model/node-id.ts';
import type { Profile } from '../model/profile.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { refuseIf } from './failure.ts';
import { type ChangeSession, readFresh } from './session.ts';
import { checkLabels } from './validate.ts';
import { checkUnchanged, readModifyWrite, writeAndRead } from './write.ts';

/** Replaces the labels of a profile, whatever they were. Returns the profile as it is then. */
export async function setLabels(session: ChangeSession, input: SetLabelsInput): Promise<Profile> {
  const profileId = idOf('AccessProfile', input.id, 'input.id');
  refuseIf(checkLabels(input.labels, 'input.labels'));
  const labels = [...new Set(input.labels)];
  return session.queue.run([profileId], async () => {
    if (input.ifUpdatedAt) checkUnchanged(await readFresh(session, profileId), input.ifUpdatedAt);
    return writeLabels(session, profileId, labels);
  });
}

/** Adds labels to a profile, or takes some away, and leaves the others as they are. Writes nothing where none changes. */
export async function changeLabels(
  session: ChangeSession,
  input: ChangeLabelsInput,
  change: (labels: readonly string[], named: readonly string[]) => readonly string[],
): Promise<Profile> {
  const profileId = idOf('AccessProfile', input.id, 'input.id');
  refuseIf(checkLabels(input.labels, 'input.labels'));
  return session.queue.run([profileId], () =>
    readModifyWrite(
      session,
      profileId,
      ({ labels }) => {
        const changed = change(labels, input.labels);
        return isSameLabels(changed, labels) ? null : changed;
      },
      (before, now) => isSameLabels(before.labels, now.labels),
      (labels) => writeLabels(session, profileId, labels),
    ),
  );
}

export function withLabels(labels: readonly string[], added: readonly string[]): readonly string[] {
  return [...new Set([...labels, ...added])];
}

export function withoutLabels(labels: readonly string[], removed: readonly string[]): readonly string[] {
  return labels.filter((label) => !removed.includes(label));
}

/** Whether two lists hold the same labels; their order means nothing. */
export function isSameLabels(a: readonly string[], b: readonly string[]): boolean {
  const left = new Set(a);
  const right = new Set(b);
  return left.size === right.size && [...left].every((label) => right.has(label));
}

function writeLabels(session: ChangeSession, profileId: string, labels: readonly string[]): Promise<Profile> {
  return writeAndRead(
    session,
    profileId,
    () => session.call(endpoints.updateProfile, { profileId, changes: { labels } }),
    (profile) => isSameLabels(profile.labels, labels),
  );
}
