// Read by Relay's compiler, which writes src/generated; never run, because nothing here replaces the tags as a bundler's plugin does.
import { graphql } from 'relay-runtime';

graphql`
  fragment documents_row on AccessProfile @inline {
    id
    name
    labels
  }
`;
// With @throwOnFieldError, fields with @semanticNonNull are not nullable: reading one that failed throws.
graphql`
  query documentsListQuery($after: String) @throwOnFieldError {
    accessProfiles(first: 20, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      nodes { id ...documents_row }
    }
  }
`;
graphql`query documentsOneQuery($id: ID!) { accessProfile(id: $id) { ...documents_row } }`;
graphql`query documentsRefetchQuery($id: ID!) { node(id: $id) { __typename id ... on AccessProfile { labels } } }`;
graphql`
  mutation documentsSetLabelsMutation($input: SetAccessProfileLabelsInput!) {
    setAccessProfileLabels(input: $input) {
      __typename
      ... on SetAccessProfileLabelsPayload { accessProfile { ...documents_row } }
      ... on NotFoundError { message }
    }
  }
`;
graphql`
  query documentsPartlyFailingQuery {
    integrations
    accessProfiles(after: "foreign") @catch(to: RESULT) { nodes { id } }
  }
`;
