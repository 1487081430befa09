/** As much of the gateway's schema as the benchmark asks for, in its names. */
export const typeDefs = /* GraphQL */ `
  type Query {
    accessProfiles(first: Int, after: String): AccessProfileConnection!
  }
  type AccessProfileConnection {
    nodes: [AccessProfile!]!
    pageInfo: PageInfo!
  }
  type PageInfo {
    hasNextPage: Boolean!
    endCursor: String
  }
  type AccessProfile {
    id: ID!
    name: String!
    type: AccessProfileType
    inheritsFrom: [AccessProfile!]!
  }
  type AccessProfileType {
    id: ID!
    name: String!
  }
`;
