import { useCallback, useRef } from 'react';
import { errorMessage, sendRequest } from '../fetcher.ts';
import { useHeaders } from '../use-headers.ts';
import { oneQuery, placeholders, readSample, type Sample, sampleQuery, withProfile } from './sample.ts';

/** What the reader chose to ask about. */
export interface Chosen {
  readonly name: string;
  readonly profileId?: string;
  readonly entity?: Sample['entity'];
}

/**
 * Asks the gateway for values to fill in, when first needed and again for another choice. Rejects with the gateway's own words if it
 * refuses, so that the next question asks again (a header may have been missing).
 */
export function useSample(): (chosen: Chosen | undefined) => Promise<Sample> {
  const readHeaders = useHeaders();
  const known = useRef<{ readonly chosen: Chosen | undefined; readonly sample: Sample }>(undefined);
  return useCallback(
    async (chosen) => {
      if (known.current !== undefined && known.current.chosen === chosen) return known.current.sample;
      const headers = readHeaders();
      const profiles = await sendRequest({ query: sampleQuery }, headers);
      const found = readSample(profiles['data']);
      if (found === placeholders) throw new Error(errorMessage(profiles) ?? 'the gateway returned no profiles');
      const id = chosen?.profileId;
      const one = await sendRequest({ query: oneQuery, variables: { id: id ?? found.profileId } }, headers);
      const filled = withProfile(found, one['data'], id !== undefined);
      const sample = chosen?.entity === undefined ? filled : { ...filled, entity: chosen.entity };
      known.current = { chosen, sample };
      return sample;
    },
    [readHeaders],
  );
}
