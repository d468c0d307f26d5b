/** Row numbers that cannot be mixed up: a `ParticipantId` is not a `VisitId`, though both are integers. */
type Branded<Name extends string> = number & { readonly __id: Name }

export type StudyId = Branded<'study'>
export type SiteId = Branded<'site'>
export type UserId = Branded<'user'>
export type MembershipId = Branded<'membership'>
export type ProtocolVersionId = Branded<'protocolVersion'>
export type ParticipantId = Branded<'participant'>
export type AllocationId = Branded<'allocation'>
export type TreatmentId = Branded<'treatment'>
export type VisitId = Branded<'visit'>
export type AssessmentId = Branded<'assessment'>
export type LogEntryId = Branded<'logEntry'>
export type EventReportId = Branded<'eventReport'>
export type EligibilityOverrideId = Branded<'eligibilityOverride'>
export type SecondEntryId = Branded<'secondEntry'>
export type SiteApprovalId = Branded<'siteApproval'>
export type ResultReleaseId = Branded<'resultRelease'>
