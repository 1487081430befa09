import { useOpenQuery } from '../../../use-open-query.ts';
import { type Change, versionChanges } from '../../graph/change.ts';
import { useFrame } from '../../page/frame.tsx';

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

/** One field for each profile that changes. */
export function dryRunMutation(count: number): string {
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
        profile { id name type { name } }
        gained { entityType entityId entityName }
        lost { entityType entityId entityName }
      }
      violations { rule description }
    }
  }
  ... on InvalidInputError { fields { field description } }
  ... on Error { message }
}
`;
}
