import { useGraphiQL } from '@graphiql/react';
import { useCallback, useMemo, useState } from 'react';
import { errorMessage, sendRequest } from '../../fetcher.ts';
import { isRecord, type JsonObject, records, text } from '../../json.ts';
import { useHeaders } from '../../use-headers.ts';
import { nodeLabel, type ProfileNode } from '../graph/graph.ts';
import type { ResponseData } from '../graph/read-graph.ts';
import { profileByNameQuery, profileFields, profileQuery, type Wanted } from '../graph/requests.ts';
import { plainShape } from '../graph/shape.ts';

/** Asks the gateway about one drawn profile, with the headers set in GraphiQL. Rejects with a message for the reader. */
export function useProfileRequest(): (node: ProfileNode, wanted: Wanted) => Promise<JsonObject> {
  const schema = useGraphiQL((state) => state.schema);
  const readHeaders = useHeaders();
  return useCallback(
    async (node, wanted) => {
      const fields = profileFields(schema);
      const response = await sendRequest(
        node.id === undefined
          ? { query: profileByNameQuery(wanted, fields), variables: { name: node.name } }
          : { query: profileQuery(wanted, fields), variables: { id: node.id } },
        readHeaders(),
      );
      const data = response['data'];
      const profiles = isRecord(data) ? profilesIn(data) : [];
      const [profile] = profiles;
      if (profiles.length > 1)
        throw new Error(`Several profiles are called “${nodeLabel(node)}”: select id in the query.`);
      if (profile === undefined)
        throw new Error(errorMessage(response) ?? 'The gateway knows no such profile (any more).');
      // A null list is one that could not be read: drawn, it would look like no parents or no children.
      if (relations.some((field) => (wanted === 'parents' || wanted === 'children') && profile[field] === null))
        throw new Error(errorMessage(response) ?? 'The gateway could not read this list.');
      return profile;
    },
    [schema, readHeaders],
  );
}

const relations = ['inheritsFrom', 'inheritedBy'] as const;

function profilesIn(data: JsonObject): readonly JsonObject[] {
  const connection = data['accessProfiles'];
  return isRecord(connection) ? records(connection['nodes']) : records([data['accessProfile']]);
}

/** What was fetched to go beyond a response; forgotten when the response changes. */
export function useExpansions(body: string): {
  readonly expansions: readonly ResponseData[];
  /** Fetches and adds the parents or children; resolves to the API's own id of the profile, which may have been unknown. */
  readonly expand: (node: ProfileNode, wanted: 'parents' | 'children') => Promise<string | undefined>;
} {
  const request = useProfileRequest();
  const [fetched, setFetched] = useState<{ body: string; responses: readonly ResponseData[] }>({ body, responses: [] });
  const expansions = useMemo(() => (fetched.body === body ? fetched.responses : []), [fetched, body]);
  const expand = useCallback(
    async (node: ProfileNode, wanted: 'parents' | 'children') => {
      const profile = await request(node, wanted);
      const response = { data: { accessProfile: profile }, shape: plainShape };
      setFetched((known) => ({ body, responses: [...(known.body === body ? known.responses : []), response] }));
      return text(profile['profileId']) ?? text(profile['id'])?.replace(/^AccessProfile:/, '');
    },
    [request, body],
  );
  return { expansions, expand };
}
