import type { Member, MembershipChange } from '../model/member.ts';
import { type Decoder, field, id, jsonObject, openEnum, optionalReference } from './decode.ts';

/** A member, in E7's list and in a profile's `member_details` (§1.6). */
export const decodeMember: Decoder<Member> = (value, notes) => {
  const member = jsonObject(value, notes);
  return {
    identityId: field(member, 'identity_id', id, notes),
    identityName: field(member, 'identity_name', optionalReference, notes),
    createdFrom: field(member, 'created_from', openEnum, notes),
    workflow: field(member, 'workflow', optionalReference, notes),
  };
};

/** E8's reply: a 200 may still carry an error message. */
export const decodeMembershipChange: Decoder<MembershipChange> = (value, notes) => {
  const change = jsonObject(value, notes);
  return {
    accessRequestId: field(change, 'access_request_id', optionalReference, notes),
    accessRequestErrorMessage: field(change, 'access_request_error_message', optionalReference, notes),
  };
};
