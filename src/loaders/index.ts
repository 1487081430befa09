import type { FilterSupport } from '../filter/support.ts';
import { endpoints } from '../upstream/endpoints.ts';
import type { UpstreamCall } from './call.ts';
import { InheritanceReader } from './inheritance.ts';
import { MemberLoader } from './members.ts';
import { type ListRequest, type ProfileList, ProfileLister } from './profile-list.ts';
import { ProfilePages } from './profile-pages.ts';
import { ProfileScan } from './profile-scan.ts';
import { ProfileLoader } from './profiles.ts';
import { TypeLoader } from './types.ts';

/** What one operation reads, each thing once. Made anew for each operation, so that nothing crosses callers. */
export interface Loaders {
  readonly profiles: ProfileLoader;
  readonly types: TypeLoader;
  readonly inheritance: InheritanceReader;
  readonly members: MemberLoader;
  listProfiles(request: ListRequest): Promise<ProfileList>;
  integrations(): Promise<readonly string[]>;
}

export interface LoaderOptions {
  readonly call: UpstreamCall;
  /** What the API has shown of its filters; shared by all operations. */
  readonly support: FilterSupport;
  /** Whether entitlements have to be named: asks for `entity_extra_info`, in every list call alike. */
  readonly extraInfo: boolean;
  /** Whether profiles will be looked up by id besides those listed. */
  readonly followsEdges: boolean;
}

export function createLoaders({ call, support, extraInfo, followsEdges }: LoaderOptions): Loaders {
  const pages = new ProfilePages(call, extraInfo);
  const scan = new ProfileScan(pages);
  const lister = new ProfileLister(pages, support);
  const profiles = new ProfileLoader(pages, scan, support);
  let integrations: Promise<readonly string[]> | null = null;
  return {
    profiles,
    inheritance: new InheritanceReader(profiles, scan),
    types: new TypeLoader(call),
    members: new MemberLoader(call),
    listProfiles: (request) =>
      lister.list({
        ...request,
        // Where ids can't be asked for, what is listed is the beginning of a scan.
        wantsFullPages: request.wantsFullPages || (followsEdges && support.verdict('id eq') !== 'shown'),
      }),
    integrations: () => {
      integrations ??= call(endpoints.listIntegrations, null);
      return integrations;
    },
  };
}
