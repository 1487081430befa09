import { useOpenQuery } from '../../../use-open-query.ts';
import { dryRunMutation } from '../../ask/change.ts';
import { type Change, versionChanges } from '../../graph/change.ts';
import { useFrame } from '../../page/frame.tsx';

/** Opens changes in the editor as a dry run, and runs nothing. */
export function useOpenMutation(): (changes: readonly Change[]) => void {
  const { close } = useFrame();
  const openQuery = useOpenQuery();
  return (changes) => {
    const inputs = versionChanges(changes).map((input) => ({ ...input, dryRun: true }));
    const [only, ...more] = inputs;
    if (only === undefined) return;
    close();
    if (more.length === 0) openQuery({ query: dryRunMutation, variables: { input: only }, run: false });
    else
      openQuery({
        query: mutationFor(inputs.length),
        variables: Object.fromEntries(inputs.map((input, index) => [`input${index + 1}`, input])),
        run: false,
      });
  };
}

/** One field for each profile that changes. */
function mutationFor(count: number): string {
  const numbers = Array.from({ length: count }, (_item, index) => index + 1);
  const variables = numbers.map((number) => `$input${number}: UpdateAccessProfileVersionInput!`).join(', ');
  const fields = numbers.map(
    (number) => `  change${number}: updateAccessProfileVersion(input: $input${number}) { ...Preview }`,
  );
  return `mutation DryRunVersionChanges(${variables}) {
${fields.join('\n')}
}

fragment Preview on UpdateAccessProfileVersionResult {
  ... on UpdateAccessProfileVersionPayload {
    preview {
      affectedProfiles {
        profile { id name }
        gained { entityType entityId entityName }
        lost { entityType entityId entityName }
      }
      violations { rule description }
    }
  }
  ... on Error { message }
}
`;
}
