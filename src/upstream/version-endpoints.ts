import type { Page } from '../model/page.ts';
import type { Version } from '../model/version.ts';
import { parseExactly } from '../wire/exact-numbers.ts';
import { decodeNamedVersion, decodeShownVersion, decodeVersionPage } from '../wire/version-reply.ts';
import { lifecycleBase as base, defineNeighbour, pathSegment } from './endpoint.ts';
import { type VersionParams, versionPath } from './endpoints.ts';

export interface ReadVersionParams extends VersionParams {
  readonly extraInfo: boolean;
}

export interface ListVersionsParams {
  readonly profileId: string;
  readonly pageToken: string | null;
}

/**
 * Ways to read a version that the documents hint at and do not describe (API notes §1.0, neighbour notes §9). An API may lack any
 * of them, and may ignore the parameter. What they return can be sent back digit by digit.
 */
export const versionEndpoints = {
  /** null: the reply shows another version than the one that was asked for. */
  readProfileAtVersion: defineNeighbour<ReadVersionParams, Version | null>({
    name: 'readProfileAtVersion',
    attempt: 'read an access profile at a version',
    path: ({ profileId }) => `${base}/access_profiles/${pathSegment(profileId)}`,
    query: ({ versionNumber, extraInfo }) => ({ version: versionNumber, entity_extra_info: extraInfo || null }),
    parse: parseExactly,
    decode: decodeShownVersion,
    subject: ({ profileId }) => profileId,
  }),

  /** null likewise. */
  readVersion: defineNeighbour<ReadVersionParams, Version | null>({
    name: 'readVersion',
    attempt: 'read an access profile version',
    path: versionPath,
    query: ({ extraInfo }) => ({ entity_extra_info: extraInfo || null }),
    parse: parseExactly,
    decode: decodeNamedVersion,
    subject: ({ profileId }) => profileId,
  }),

  listVersions: defineNeighbour<ListVersionsParams, Page<Version>>({
    name: 'listVersions',
    attempt: 'list the versions of an access profile',
    path: ({ profileId }) => `${base}/access_profiles/${pathSegment(profileId)}/versions`,
    query: ({ pageToken }) => ({ page_token: pageToken }),
    parse: parseExactly,
    decode: decodeVersionPage,
    subject: ({ profileId }) => profileId,
  }),
} as const;
