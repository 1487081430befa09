import { useCallback, useRef } from 'react';
import { errorMessage, sendRequest } from '../fetcher.ts';
import { useHeaders } from '../use-headers.ts';
import { placeholders, readSample, readSampleEntity, type Sample, sampleGrantQuery, sampleQuery } from './sample.ts';

/**
 * Asks the gateway for values to fill in, once, when first needed. Rejects with the gateway's own words if it refuses, so that the
 * next question asks again (a header may have been missing).
 */
export function useSample(): () => Promise<Sample> {
  const readHeaders = useHeaders();
  const known = useRef<Sample>(undefined);
  return useCallback(async () => {
    if (known.current !== undefined) return known.current;
    const headers = readHeaders();
    const profiles = await sendRequest({ query: sampleQuery }, headers);
    const sample = readSample(profiles['data']);
    if (sample === placeholders) throw new Error(errorMessage(profiles) ?? 'the gateway returned no profiles');
    const grants = await sendRequest({ query: sampleGrantQuery, variables: { id: sample.profileId } }, headers);
    known.current = { ...sample, entity: readSampleEntity(grants['data']) };
    return known.current;
  }, [readHeaders]);
}
