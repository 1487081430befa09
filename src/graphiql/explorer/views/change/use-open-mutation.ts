import { useOpenQuery } from '../../../use-open-query.ts';
import { type Change, versionChanges } from '../../graph/change.ts';
import { useFrame } from '../../page/frame.tsx';
import { dryRunMutation } from './dry-run-mutation.ts';

/** Opens changes in the editor as a dry run, and runs nothing. */
export function useOpenMutation(): (changes: readonly Change[]) => void {
  const { close } = useFrame();
  const openQuery = useOpenQuery();
  return (changes) => {
    const inputs = versionChanges(changes);
    close();
    openQuery({
      query: dryRunMutation(inputs.length),
      variables: Object.fromEntries(
        inputs.map((input, index) => [`input${index + 1}`, { ...input, dryRun: true }] as const),
      ),
      run: false,
    });
  };
}
